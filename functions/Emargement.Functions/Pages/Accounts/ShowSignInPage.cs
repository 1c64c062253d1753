using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Accounts;

/// <summary><c>GET o/{org}?back=</c>: sign-in. Somebody who is signed in and was not sent here goes home.</summary>
public sealed class ShowSignInPage(OrganisationSettings organisations)
{
    [Function("ShowSignInPage")]
    [Public("Nobody is known before signing in.", PerMinute = 600)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(org, cancellation);
        if (!organisation.IsOk)
        {
            return await request.RefusalPageAsync(null, organisation.Refusal);
        }

        var back = OwnPath(request.Query["back"].FirstOrDefault());
        var id = organisation.Value.Id;
        if (back is null && request.Caller().IsOf(id))
        {
            return Results.Redirect(PageAnswers.HomeOf(request.Caller(), id));
        }

        var toSign = back?.StartsWith("/s/", StringComparison.Ordinal) == true;
        return await request.PageAsync<SignInPage, SignInModel>(organisation.Value, new SignInModel(id.Value, organisation.Value.Name, back, toSign));
    }

    // A path of this site and nothing that a browser reads as another one's address.
    private static string? OwnPath(string? back) =>
        back is { Length: > 1 and < 512 } && back[0] == '/' && back[1] is not ('/' or '\\') && !back.Any(char.IsControl) && !back.Contains('\\', StringComparison.Ordinal) ? back : null;
}
