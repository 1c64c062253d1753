using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts;

/// <param name="StaySignedIn">Keeps this device signed in for 90 days, if it is a learner's.</param>
public sealed record SignInBody(string Login, string Password, bool StaySignedIn = false);

/// <summary>Signs somebody in on a browser.</summary>
public sealed class SignIn(LoginCheck logins, AccountSessions sessions)
{
    /// <returns>The account and what is left to do, or <c>sign-in-wrong</c>, <c>sign-in-locked</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<StartedSession>> RunAsync(
        HttpContext http, OrganisationId organisation, SignInBody body, CancellationToken cancellation)
    {
        var account = await logins.TryAsync(organisation, body.Login, body.Password, ClientNetwork.Of(http.Request), cancellation);
        return account.IsOk
            ? await sessions.StartAsync(http, organisation, account.Value, body.StaySignedIn, SignInProof.OneFactor, cancellation)
            : account.Refusal;
    }
}
