using Emargement.Domain.Accounts;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Accounts.Api;

/// <param name="Account">Key of the account, as in addresses.</param>
/// <param name="Next">What is left before anything else opens: <c>enrol</c>, set up the second step, or <c>second-step</c>, give its code.
/// Left out when that is all.</param>
public sealed record SignedIn(string Account, string Kind, string Name, NextStep? Next)
{
    public static SignedIn Of(StartedSession started) => Of(started.Account, started.Next);

    public static SignedIn Of(Account account, NextStep? next) =>
        new(account.Id.Key, AccountId.Word(account.Id.Kind), account.DisplayName, next);
}

/// <summary>Signing in and out on a browser, and who is signed in there.</summary>
public sealed class SignInFunctions(
    OrganisationSettings organisations, SignIn signIn, AccountSessions sessions, AccountsTable accounts, AskedSteps asked)
{
    private const string Route = "api/organisations/{org}";

    /// <summary>Signs somebody in on this browser, by e-mail or reference, and password; <c>next</c> says what managers, and trainers where
    /// it is asked of them, have to do before anything else opens.</summary>
    [Function("SignIn")]
    [Public("Nobody is known before signing in; tries are counted per login, and whole schools share a network.", PerMinute = 6000)]
    [Audit(AuditKind.SignIn)]
    public async Task<IResult> SignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/sign-in")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.HolderAsync(request, cancellation),
            (
                Domain.People.Organisation organisation,
                SignInBody body) => signIn.RunAsync(request.HttpContext, organisation.Id, body, cancellation),
            started => ApiJson.Ok(SignedIn.Of(started)),
            cancellation);

    /// <summary>Signs out on this browser; a copy of its cookie opens nothing any more.</summary>
    [Function("SignOut")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Officer | Callers.OneFactor)]
    [Audit(AuditKind.SignOut)]
    public async Task<IResult> SignOut(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route + "/sign-out")] HttpRequest request,
        CancellationToken cancellation)
    {
        await sessions.EndAsync(request.HttpContext, cancellation);
        return Results.NoContent();
    }

    /// <summary>Who is signed in on this browser, and what is left to do.</summary>
    [Function("Me")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Officer | Callers.OneFactor)]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = AccountRoute.OwnAddress)] HttpRequest request,
        CancellationToken cancellation)
    {
        var (organisation, account) = AccountRoute.Own(request);
        var next = await asked.OfAsync(request.Caller(), cancellation);
        return await accounts.GetAsync(organisation, account, cancellation).ToHttp(stored => ApiJson.Ok(SignedIn.Of(stored.Value, next)));
    }
}
