using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Pages.Accounts.Entry;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>The pages on which people sign in, ask for a new password, and see where they are signed in.</summary>
public sealed class AccountPageFunctions(
    OrganisationSettings organisations, ShowSignIn showSignIn, ShowAccount showAccount, ShowPersonAccount showPerson)
{
    /// <summary><c>GET o/{org}?back=</c>: sign-in. Somebody who is signed in and was not sent here goes home.</summary>
    [Function("ShowSignInPage")]
    [Public("Nobody is known before signing in.", PerMinute = 6000)]
    [Page]
    public async Task<IResult> ShowSignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}")] HttpRequest request, CancellationToken cancellation) =>
        await SignInAsync(request, cancellation);

    /// <summary><c>GET r/{region}?back=</c>: where a Région's officers sign in.</summary>
    [Function("ShowOfficerSignInPage")]
    [Public("Nobody is known before signing in.", PerMinute = 600)]
    [Page]
    public async Task<IResult> ShowOfficerSignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "r/{region}")] HttpRequest request, CancellationToken cancellation) =>
        await SignInAsync(request, cancellation);

    /// <summary><c>GET o/{org}/password</c>: ask for a link to choose a new password.</summary>
    [Function("ShowPasswordPage")]
    [Public("Nobody who forgot the password can sign in.", PerMinute = 600)]
    [Page]
    public async Task<IResult> ShowPassword(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/password")] HttpRequest request,
        CancellationToken cancellation) => await PasswordAsync(request, cancellation);

    /// <summary><c>GET r/{region}/password</c>: the same for an officer.</summary>
    [Function("ShowOfficerPasswordPage")]
    [Public("Nobody who forgot the password can sign in.", PerMinute = 600)]
    [Page]
    public async Task<IResult> ShowOfficerPassword(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "r/{region}/password")] HttpRequest request,
        CancellationToken cancellation) => await PasswordAsync(request, cancellation);

    /// <summary><c>GET o/{org}/account</c>: one's own account, where it is signed in, and its password.</summary>
    [Function("ShowAccountPage")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> ShowAccount(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/account")] HttpRequest request,
        CancellationToken cancellation) => await AccountAsync(request, cancellation);

    /// <summary><c>GET r/{region}/account</c>: the same for an officer.</summary>
    [Function("ShowOfficerAccountPage")]
    [Access(Callers.Officer)]
    [Page]
    public async Task<IResult> ShowOfficerAccount(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "r/{region}/account")] HttpRequest request,
        CancellationToken cancellation) => await AccountAsync(request, cancellation);

    /// <summary><c>GET o/{org}/accounts/{account}</c>: somebody's access and where they are signed in, for a manager.</summary>
    [Function("ShowPersonAccountPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> ShowPersonAccount(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/accounts/{account}")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<PersonAccountPage, PersonAccountModel>(
            await organisations.HolderAsync(request, cancellation),
            _ => AccountRoute.Of(request).ThenAsync(route => showPerson.RunAsync(route, request.Caller(), cancellation)));

    private async Task<IResult> SignInAsync(HttpRequest request, CancellationToken cancellation)
    {
        var organisation = await organisations.HolderAsync(request, cancellation);
        var back = PageAnswers.OwnPath(request.Query["back"].FirstOrDefault());
        return !organisation.IsOk ? await request.RefusalPageAsync(null, organisation.Refusal)
            : back is null && request.Caller().IsOf(organisation.Value.Id)
                ? Results.Redirect(PageAnswers.HomeOf(request.Caller(), organisation.Value.Id))
            : await request.PageAsync<SignInPage, SignInModel>(
                organisation.Value, await showSignIn.RunAsync(organisation.Value, back, cancellation));
    }

    private async Task<IResult> PasswordAsync(HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<PasswordPage, PasswordPageModel>(
            await organisations.HolderAsync(request, cancellation),
            organisation => Task.FromResult<Result<PasswordPageModel>>(new PasswordPageModel(organisation.Id.Value, organisation.Name)));

    private async Task<IResult> AccountAsync(HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<AccountPage, AccountPageModel>(
            await organisations.HolderAsync(request, cancellation),
            async _ => (await showAccount.RunAsync(AccountRoute.Own(request), request.Caller().Device, cancellation)).Then(
                shown => shown with
                {
                    EmailChanged = request.Query.ContainsKey("email"),
                    Reminders = shown.Reminders is { } own ? own with { Changed = request.Query.ContainsKey("reminders") } : null,
                    HasOthers = KnownOrganisations.Of(request).Count > 1,
                }));
}
