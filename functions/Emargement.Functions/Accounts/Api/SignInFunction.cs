using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

/// <param name="StaySignedIn">Keeps this device signed in for 90 days.</param>
public sealed record SignInBody(string Login, string Password, bool StaySignedIn = false);

/// <param name="Account">Key of the account, as in addresses.</param>
public sealed record SignedIn(string Account, string Kind, string Name)
{
    public static SignedIn Of(Account account) => new(account.Id.Key, Domain.Accounts.AccountId.Word(account.Id.Kind), account.DisplayName);
}

public sealed class SignInFunction(OrganisationSettings organisations, SignIn signIn, AccountSessions sessions)
{
    [Function("SignIn")]
    [Public("Nobody is known before signing in; tries are counted per login and network.", PerMinute = 600)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/sign-in")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<SignInBody>(cancellation);
        var organisation = await organisations.GetAsync(org, cancellation);
        if ((body.Refusal ?? organisation.Refusal) is { } refusal)
        {
            return Problem.From(refusal);
        }

        var (login, password, stay) = body.Value!;
        var id = organisation.Value!.Id;
        var account = await signIn.TryAsync(id, login, password, ClientNetwork.Of(request), cancellation);
        if (account.IsOk)
        {
            await sessions.StartAsync(request.HttpContext, id, account.Value, stay, cancellation);
        }

        return account.ToHttp(a => ApiJson.Ok(SignedIn.Of(a)));
    }
}
