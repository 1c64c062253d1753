using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Gates;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts;

public sealed record ChangeOwnPasswordBody(string Current, string Password);

/// <summary>Gives whoever is signed in the password that they chose, if they know the one before.</summary>
public sealed class ChangeOwnPassword(LoginCheck logins, Passwords passwords)
{
    /// <returns>The account as changed, or <c>sign-in-wrong</c>, <c>sign-in-locked</c>,
    /// or what <see cref="Passwords.SetAsync"/> refuses.</returns>
    public async Task<Result<Account>> RunAsync(HttpRequest request, ChangeOwnPasswordBody body, CancellationToken cancellation)
    {
        var caller = request.Caller();
        var (organisation, account) = (caller.Organisation!.Value, caller.Account!.Value);
        var known = await logins.ConfirmAsync(
            organisation, account, body.Current, TryPath.Of(organisation, "own-password", account.Key), cancellation);
        return known.IsOk
            ? await passwords.SetAsync(organisation, account, body.Password, known.Value, caller.Device, cancellation)
            : known;
    }
}
