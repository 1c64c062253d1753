using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Passkeys;
using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>Removes the second step of whoever asks, passkeys too, and signs them out everywhere: where one is asked, the next sign-in
/// sets up another.</summary>
public sealed class RemoveSecondStep(
    FactorsTable factors,
    ForgetPasskeys passkeys,
    OwnerCheck owner,
    EndSignIns end,
    AccountSessions sessions,
    TellSecondStep tell)
{
    /// <returns>The account, or a refusal of the password or the code, or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<SecondStepChange>> RunAsync(HttpRequest request, ConfirmOwnerBody body, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var (organisation, id) = (caller.Organisation!.Value, caller.Account!.Value);
        var known = await owner.ConfirmAsync(caller, body, cancellation);
        if (!known.IsOk)
        {
            return known.Refusal;
        }

        // The stamp first: a passkey that is just being added is then void.
        var ended = await end.RunAsync(organisation, id, except: null, cancellation);
        if (!ended.IsOk)
        {
            return ended.Refusal;
        }

        await passkeys.RunAsync(organisation, id, only: null, cancellation);
        await factors.TryDeleteAsync(organisation, id, cancellation);
        await sessions.EndAsync(request.HttpContext, cancellation);
        return new SecondStepChange(
            ended.Value, [], await tell.RunAsync(organisation, ended.Value, SecondStepMail.Removed, cancellation));
    }
}
