using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Account">Key of the account, as in addresses.</param>
public sealed record SignedIn(string Account, string Kind, string Name)
{
    public static SignedIn Of(Account account) => new(account.Id.Key, Domain.Accounts.AccountId.Word(account.Id.Kind), account.DisplayName);
}

/// <summary>Signing in and out on a browser, and who is signed in there.</summary>
public sealed class SignInFunctions(OrganisationSettings organisations, SignIn signIn, AccountSessions sessions, AccountsTable accounts)
{
    private const string Route = "api/organisations/{org}";

    /// <summary>Signs somebody in on this browser, by e-mail or reference, and password.</summary>
    [Function("SignIn")]
    [Public("Nobody is known before signing in; tries are counted per login, and whole schools share a network.", PerMinute = 6000)]
    [Audit(AuditKind.SignIn)]
    public async Task<IResult> SignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/sign-in")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (
                Domain.People.Organisation organisation,
                SignInBody body) => signIn.RunAsync(request.HttpContext, organisation.Id, body, cancellation),
            account => ApiJson.Ok(SignedIn.Of(account)),
            cancellation);

    /// <summary>Signs out on this browser; a copy of its cookie opens nothing any more.</summary>
    [Function("SignOut")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Audit(AuditKind.SignOut)]
    public async Task<IResult> SignOut(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/sign-out")] HttpRequest request,
        CancellationToken cancellation)
    {
        await sessions.EndAsync(request.HttpContext, cancellation);
        return Results.NoContent();
    }

    /// <summary>Who is signed in on this browser.</summary>
    [Function("Me")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = AccountRoute.OwnAddress)] HttpRequest request,
        CancellationToken cancellation)
    {
        var (organisation, account) = AccountRoute.Own(request);
        return accounts.GetAsync(organisation, account, cancellation).ToHttp(stored => ApiJson.Ok(SignedIn.Of(stored.Value)));
    }
}
