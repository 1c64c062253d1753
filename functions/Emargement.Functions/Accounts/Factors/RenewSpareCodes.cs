using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Logins;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>Gives whoever asks ten other recovery codes; those before open nothing any more.</summary>
public sealed class RenewSpareCodes(FactorsTable factors, OwnerCheck owner, SpareCodes recovery, TellSecondStep tell)
{
    /// <returns>The codes, or a refusal of the password or the code, or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<SecondStepChange>> RunAsync(Caller caller, ConfirmOwnerBody body, CancellationToken cancellation)
    {
        var (organisation, id) = (caller.Organisation!.Value, caller.Account!.Value);
        var known = await owner.ConfirmAsync(caller, body, cancellation);
        if (!known.IsOk)
        {
            return known.Refusal;
        }

        var codes = SpareCodes.Draw();
        if (await recovery.KeptAsync(id, codes, cancellation) is not { } kept)
        {
            return PasswordTurns.Busy;
        }

        return await factors.FindAsync(organisation, id, cancellation) is { } read
            && await factors.TryWriteUseAsync(organisation, id, read, read.Value with { Codes = kept }, cancellation)
                ? new SecondStepChange(
                    known.Value, codes, await tell.RunAsync(organisation, known.Value, SecondStepMail.Renewed, cancellation))
                : Refusal.Conflict("changed-meanwhile");
    }
}
