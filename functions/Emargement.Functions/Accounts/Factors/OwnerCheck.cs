using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Gates;

namespace Emargement.Functions.Accounts.Factors;

/// <param name="Code">Of the authenticator app, or a recovery code.</param>
public sealed record ConfirmOwnerBody(string Password, string Code);

/// <summary>Makes sure, before a factor changes, that it is still its owner who is signed in (OWASP ASVS 5.0, 7.5.1).</summary>
public sealed class OwnerCheck(LoginCheck logins, FactorCheck factors)
{
    /// <returns>The account, or why not: the password is judged first, so that a wrong one uses no code up.</returns>
    public async Task<Result<Account>> ConfirmAsync(Caller caller, ConfirmOwnerBody body, CancellationToken cancellation)
    {
        var known = await PasswordAsync(caller, body.Password, cancellation);
        if (!known.IsOk)
        {
            return known;
        }

        var used = await factors.UseAsync(
            caller.Organisation!.Value, caller.Account!.Value, body.Code, FactorCheck.Own, cancellation);
        return used.IsOk ? known : used.Refusal;
    }

    /// <summary>The password alone, where there is no second factor yet.</summary>
    public Task<Result<Account>> PasswordAsync(Caller caller, string password, CancellationToken cancellation)
    {
        var (organisation, account) = (caller.Organisation!.Value, caller.Account!.Value);
        return logins.ConfirmAsync(
            organisation, account, password, TryPath.Of(organisation, "own-password", account.Key), cancellation);
    }
}
