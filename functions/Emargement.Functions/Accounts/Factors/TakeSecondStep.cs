using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Factors;

/// <param name="Code">Of the authenticator app, or a recovery code.</param>
public sealed record TakeSecondStepBody(string Code);

/// <summary>Ends a sign-in: its second factor.</summary>
public sealed class TakeSecondStep(FactorCheck check, AccountSessions sessions)
{
    /// <returns>The account, or <c>second-step-wrong</c>, <c>second-step-used</c>, <c>second-step-not-set</c>, <c>second-step-locked</c>
    /// or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<StartedSession>> RunAsync(HttpRequest request, TakeSecondStepBody body, CancellationToken cancellation)
    {
        var organisation = request.Caller().Organisation!.Value;
        var known = await sessions.WithFirstFactorAsync(request, cancellation);
        if (!known.IsOk)
        {
            return known.Refusal;
        }

        var used = await check.UseAsync(organisation, known.Value.Id, body.Code, FactorCheck.SignIn, cancellation);
        return used.IsOk
            ? await sessions.StartAsync(
                request.HttpContext, organisation, known.Value, stay: false, SignInProof.TwoFactors, cancellation)
            : used.Refusal;
    }
}
