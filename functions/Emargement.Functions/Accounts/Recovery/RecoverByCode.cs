using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Recovery;

/// <param name="Login">An e-mail address or a reference.</param>
/// <param name="Code">As it is printed; case and spaces do not matter.</param>
public sealed record RecoverByCodeBody(string Login, string Code, string Password);

/// <summary>Gives whoever holds a printed code the password that they choose; every sign-in ends, and the code.</summary>
public sealed class RecoverByCode(LoginCheck logins, Passwords passwords)
{
    /// <param name="network">Where it comes from: tries are counted per login and network, apart from sign-ins.</param>
    /// <returns>The account as changed; or <c>recovery-code-wrong</c>, whether the login, the code or both are unknown, the code is too
    /// old or was used; or <c>sign-in-locked</c>, or what <see cref="Passwords.SetAsync"/> refuses.</returns>
    public async Task<Result<Account>> RunAsync(
        OrganisationId organisation, RecoverByCodeBody body, string network, CancellationToken cancellation)
    {
        // Before the code is looked at, and the same for everybody: what it says tells of no account.
        if (PasswordRules.Check(body.Password, []) is { } unfit)
        {
            return unfit;
        }

        var known = await logins.TryCodeAsync(organisation, body.Login, body.Code, network, cancellation);
        return known.IsOk
            ? await passwords.SetAsync(organisation, known.Value.Id, body.Password, known.Value, keptDevice: null, cancellation)
            : known;
    }
}
