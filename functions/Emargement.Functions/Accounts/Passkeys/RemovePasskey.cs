using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Factors;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Accounts.Passkeys;

/// <summary>Takes a passkey away from whoever asks, with the password and a code, and signs them out everywhere else.</summary>
public sealed class RemovePasskey(ForgetPasskeys forget, OwnerCheck owner, EndSignIns end, TellSecondStep tell)
{
    /// <returns>The account, or <c>passkey-unknown</c>, or a refusal of the password or the code.</returns>
    public async Task<Result<SecondStepChange>> RunAsync(
        Caller caller, string id, ConfirmOwnerBody body, CancellationToken cancellation)
    {
        var (organisation, account) = (caller.Organisation!.Value, caller.Account!.Value);
        var known = await owner.ConfirmAsync(caller, body, cancellation);
        if (!known.IsOk)
        {
            return known.Refusal;
        }

        if (await forget.RunAsync(organisation, account, id, cancellation) == 0)
        {
            return Refusal.NotFound("passkey-unknown");
        }

        var ended = await end.RunAsync(organisation, account, caller.Device, cancellation);
        return ended.IsOk
            ? new SecondStepChange(
                ended.Value, [], await tell.RunAsync(organisation, ended.Value, SecondStepMail.PasskeyRemoved, cancellation))
            : ended.Refusal;
    }
}
