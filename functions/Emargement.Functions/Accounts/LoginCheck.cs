using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts;

/// <summary>
/// Finds out whether a login and a password are an account's. Every failure is the same
/// answer, whether the login, the password or both are unknown.
/// </summary>
public sealed class LoginCheck(AccountsTable accounts, LoginsTable logins, SignInTriesTable tries, Passwords passwords, TimeProvider time)
{
    // Each account costs a slow hash; more people under one e-mail use their references.
    private const int MaxAccounts = 4;

    /// <param name="network">Where it comes from: tries are counted per login and network.</param>
    /// <returns>The account, or <c>sign-in-wrong</c>, or <c>sign-in-locked</c> with <c>minutes</c>.</returns>
    public async Task<Result<Account>> TryAsync(
        OrganisationId organisation, string login, string password, string network, CancellationToken cancellation)
    {
        if (!LoginName.TryParse(login, out var name) || password.Length > PasswordRules.MaxLength)
        {
            return Wrong();
        }

        var now = time.GetUtcNow();
        if (await tries.CountAsync(organisation, name, network, now, cancellation) is { } until)
        {
            return Locked(until, now);
        }

        var candidates = await CandidatesAsync(organisation, name, cancellation);
        if (candidates.FirstOrDefault(a => passwords.IsRight(a, password)) is not { } account)
        {
            return Wrong();
        }

        await tries.ForgetAsync(organisation, name, network, cancellation);
        return account;
    }

    /// <summary>Whether this is the password of a known account, with the same counting of tries.</summary>
    public async Task<Result<Account>> ConfirmAsync(
        OrganisationId organisation, AccountId id, string password, string network, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var name = LoginName.Of(id.Person);
        if (await tries.CountAsync(organisation, name, network, now, cancellation) is { } until)
        {
            return Locked(until, now);
        }

        var stored = await accounts.FindAsync(organisation, id, cancellation);
        if (password.Length > PasswordRules.MaxLength || !passwords.IsRight(stored?.Value, password))
        {
            return Wrong();
        }

        await tries.ForgetAsync(organisation, name, network, cancellation);
        return stored!.Value;
    }

    private static Refusal Wrong() => Refusal.Of("sign-in-wrong", RefusalKind.NotSignedIn);

    private static Refusal Locked(DateTimeOffset until, DateTimeOffset now)
    {
        var wait = until - now;
        return Refusal.Of(
            "sign-in-locked",
            RefusalKind.TooMany,
            ("minutes", ((int)Math.Ceiling(wait.TotalMinutes)).ToString(CultureInfo.InvariantCulture)),
            ("retryAfter", ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)));
    }

    // An e-mail that several learners share says who none of them is: they use their references. A
    // manager who also teaches has two accounts under one e-mail; the password tells which, the
    // manager's first. Nobody known is one candidate too, so that the answer takes as long.
    private async Task<IReadOnlyList<Account?>> CandidatesAsync(OrganisationId organisation, LoginName name, CancellationToken cancellation)
    {
        var named = await logins.FindAsync(organisation, name, cancellation);
        var shared = named.Count(l => l.IsEmail && l.Account.Kind == AccountKind.Learner) > 1;
        var found = new List<Account?>();
        var usable = named.Where(l => !(shared && l.IsEmail && l.Account.Kind == AccountKind.Learner));
        foreach (var login in usable.OrderBy(l => l.Account.Kind).Take(MaxAccounts))
        {
            // A login that the account had before, and that was not yet cleared away, is no login.
            if (await accounts.FindAsync(organisation, login.Account, cancellation) is { } stored && stored.Value.Logins.Contains(login))
            {
                found.Add(stored.Value);
            }
        }

        return found.Count > 0 ? found : [null];
    }
}
