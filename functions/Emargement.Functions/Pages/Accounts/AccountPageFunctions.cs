using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Links;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Accounts;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Accounts;

/// <summary>The pages on which people sign in, choose a password, and see where they are signed in.</summary>
public sealed class AccountPageFunctions(
    OrganisationSettings organisations, Activations activations, AccountsTable accounts, Devices devices)
{
    /// <summary><c>GET o/{org}?back=</c>: sign-in. Somebody who is signed in and was not sent here goes home.</summary>
    [Function("ShowSignInPage")]
    [Public("Nobody is known before signing in.", PerMinute = 6000)]
    [Page]
    public async Task<IResult> ShowSignIn(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}")] HttpRequest request, CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var back = OwnPath(request.Query["back"].FirstOrDefault());
        return !organisation.IsOk ? await request.RefusalPageAsync(null, organisation.Refusal)
            : back is null && request.Caller().IsOf(organisation.Value.Id)
                ? Results.Redirect(PageAnswers.HomeOf(request.Caller(), organisation.Value.Id))
            : await request.PageAsync<SignInPage, SignInModel>(organisation.Value, SignIn(organisation.Value, back));
    }

    /// <summary><c>GET a/{secret}</c>: choose a password. Opening the page, by a person or by a mail scanner, changes nothing.</summary>
    [Function("ShowActivationPage")]
    [Public("The secret in the address is the proof; it has 128 bits and is used once.", PerMinute = 1200)]
    [Page]
    public async Task<IResult> ShowActivation(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "a/{secret}")] HttpRequest request,
        CancellationToken cancellation)
    {
        var secret = request.RouteText("secret");
        var found = await activations.FindAsync(secret, cancellation);
        if (found.IsOk)
        {
            return await ChooseAsync(request, secret, found.Value, cancellation);
        }

        var refused = new ActivationModel(secret, string.Empty, null, null, request.Texts().Refusal(found.Refusal));
        return await request.PageAsync<ActivationPage, ActivationModel>(null, refused, Problem.StatusOf(found.Refusal.Kind));
    }

    /// <summary><c>GET o/{org}/password</c>: ask for a link to choose a new password.</summary>
    [Function("ShowPasswordPage")]
    [Public("Nobody who forgot the password can sign in.", PerMinute = 600)]
    [Page]
    public async Task<IResult> ShowPassword(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/password")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<PasswordPage, PasswordPageModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => Task.FromResult<Result<PasswordPageModel>>(new PasswordPageModel(organisation.Id.Value, organisation.Name)));

    /// <summary><c>GET o/{org}/account</c>: one's own account, where it is signed in, and its password.</summary>
    [Function("ShowAccountPage")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> ShowAccount(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/account")] HttpRequest request, CancellationToken cancellation)
    {
        var own = AccountRoute.Own(request);
        return await request.ShowAsync<AccountPage, AccountPageModel>(await organisations.OfAsync(request, cancellation), async _ =>
        {
            var stored = await accounts.GetAsync(own.Organisation, own.Id, cancellation);
            return stored.IsOk
                ? Own(stored.Value.Value, await devices.ListAsync(own.Organisation, own.Id, cancellation), request.Caller().Device)
                : stored.Refusal;
        });
    }

    /// <summary><c>GET o/{org}/accounts/{account}</c>: somebody's access and where they are signed in, for a manager.</summary>
    [Function("ShowPersonAccountPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> ShowPersonAccount(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/accounts/{account}")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<PersonAccountPage, PersonAccountModel>(
            await organisations.OfAsync(request, cancellation),
            _ => AccountRoute.Of(request).ThenAsync<PersonAccountModel>(async route =>
            {
                var stored = await accounts.GetAsync(route.Organisation, route.Id, cancellation);
                return stored.IsOk
                    ? Looked(
                        stored.Value.Value, await devices.ListAsync(route.Organisation, route.Id, cancellation), request.Caller())
                    : stored.Refusal;
            }));

    private async Task<IResult> ChooseAsync(HttpRequest request, string secret, Activation activation, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(activation.Link.Organisation, cancellation);
        if (!organisation.IsOk)
        {
            return await request.RefusalPageAsync(null, organisation.Refusal);
        }

        var account = activation.Account;
        var login = account.Email?.Value ?? account.Id.Person.Value;
        var model = new ActivationModel(secret, organisation.Value.Name, account.DisplayName, login);
        return await request.PageAsync<ActivationPage, ActivationModel>(organisation.Value, model);
    }

    private static AccountPageModel Own(Account account, IReadOnlyList<Device> devices, string? current) => new(
        account.DisplayName,
        account.Id.Person.Value,
        account.Email?.Value,
        account.Email?.Value ?? account.Id.Person.Value,
        Shown(devices, current));

    private static PersonAccountModel Looked(Account account, IReadOnlyList<Device> devices, Caller by) => new(
        account.Id.Key,
        account.DisplayName,
        account.Id.Person.Value,
        account.Email?.Value,
        account.Suspended,
        by.Account == account.Id,
        Shown(devices, by.Device));

    private static IReadOnlyList<SignedInDevice> Shown(IReadOnlyList<Device> devices, string? current) =>
        [.. devices.OrderByDescending(d => d.Id == current).ThenByDescending(d => d.CreatedAt).Select(d =>
            new SignedInDevice(d.Id, d.Use, d.Browser, d.Network, d.CreatedAt, d.Id == current))];

    private static SignInModel SignIn(Organisation organisation, string? back) =>
        new(organisation.Id.Value, organisation.Name, back, back?.StartsWith("/s/", StringComparison.Ordinal) == true);

    // A path of this site and nothing that a browser reads as another one's address.
    private static string? OwnPath(string? back) =>
        back is { Length: > 1 and < 512 } && back[0] == '/' && back[1] is not ('/' or '\\')
            && !back.Any(char.IsControl) && !back.Contains('\\', StringComparison.Ordinal)
            ? back
            : null;
}
