using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Cookies;
using Emargement.Functions.Accounts.Passkeys;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>
/// Takes away a second step that somebody lost, so that they set up another at their next sign-in. Whoever does it knows that it is they
/// who ask (OWASP ASVS 5.0, 6.4.4): of a manager, the manager who invited them; where there is none, another manager or the operator.
/// </summary>
public sealed class ResetSecondStep(
    AccountsTable accounts, FactorsTable factors, ForgetPasskeys passkeys, EndSignIns end, TellSecondStep tell)
{
    /// <returns>The account, or <c>account-unknown</c>, <c>second-step-own</c>, <c>second-step-inviter</c>, <c>second-step-not-set</c> or
    /// <c>changed-meanwhile</c>.</returns>
    public async Task<Result<SecondStepChange>> RunAsync(Route<AccountId> account, Caller by, CancellationToken cancellation)
    {
        var stored = await accounts.GetAsync(account.Organisation, account.Id, cancellation);
        if (!stored.IsOk)
        {
            return stored.Refusal;
        }

        if (by.Account == account.Id)
        {
            return Refusal.Conflict("second-step-own");
        }

        if (account.Id.Kind is AccountKind.Manager or AccountKind.Officer
            && await InviterAsync(account, stored.Value.Value, cancellation) is { } inviter
            && by.Id != inviter)
        {
            return Refusal.Forbidden("second-step-inviter");
        }

        if (await factors.FindAsync(account.Organisation, account.Id, cancellation) is null)
        {
            return Refusal.Conflict("second-step-not-set");
        }

        // The stamp first: a passkey that is just being added is then void.
        var ended = await end.RunAsync(account.Organisation, account.Id, except: null, cancellation);
        if (!ended.IsOk)
        {
            return ended.Refusal;
        }

        await passkeys.RunAsync(account.Organisation, account.Id, only: null, cancellation);
        return await factors.TryDeleteAsync(account.Organisation, account.Id, cancellation)
            ? new SecondStepChange(
                ended.Value, [], await tell.RunAsync(account.Organisation, ended.Value, SecondStepMail.Removed, cancellation))
            : Refusal.Conflict("second-step-not-set");
    }

    /// <returns>The manager who invited, as callers are named; null when nobody did who is still there.</returns>
    private async Task<string?> InviterAsync(Route<AccountId> account, Account invited, CancellationToken cancellation) =>
        AccountId.TryParse(invited.InvitedBy, out var inviter)
        && await accounts.FindAsync(account.Organisation, inviter, cancellation) is { Value.Suspended: false }
            ? invited.InvitedBy
            : null;
}
