using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Logins;
using Emargement.Functions.Platform.Gates;

namespace Emargement.Functions.Accounts;

/// <summary>
/// Finds out whether a login and a password, or the code of a slip of paper, are an account's. Every failure is the same answer after the
/// same work, whether the login, the secret or both are unknown.
/// </summary>
public sealed class LoginCheck(
    AccountsTable accounts, LoginsTable logins, TryGate gate, Passwords passwords, PasswordTurns turns, TimeProvider time)
{
    // Each account costs a slow hash; more people under one e-mail use their references.
    private const int MostAccounts = 4;

    // A manager who also teaches has two accounts under one login: whoever has one, or none, is refused after as many hashes.
    private const int LeastHashes = 2;

    // Read in place of the account of a login that is nobody's.
    private static readonly AccountId Nobody = new(AccountKind.Learner, Reference.Parse("-"));

    private static readonly Refusal Wrong = Refusal.Of("sign-in-wrong", RefusalKind.NotSignedIn);
    private static readonly Refusal WrongCode = Refusal.Of("recovery-code-wrong", RefusalKind.NotSignedIn);

    /// <param name="network">Where it comes from: tries are counted per login and network.</param>
    /// <returns>The account, or <c>sign-in-wrong</c>, or <c>sign-in-locked</c> with <c>minutes</c>.</returns>
    public async Task<Result<Account>> TryAsync(
        OrganisationId organisation, string login, string password, string network, CancellationToken cancellation) =>
        LoginName.TryParse(login, out var name) && password.Length <= PasswordRules.MaxLength
            ? await TellAsync(
                TryPath.Of(organisation, "sign-in", name.Key, network) with { Network = network },
                network,
                () => CandidatesAsync(organisation, name, cancellation),
                found => passwords.WhoseAsync(organisation, found, password, cancellation),
                Wrong,
                cancellation)
            : Wrong;

    /// <summary>As <see cref="TryAsync"/>, with the code of a slip of paper in place of the password.</summary>
    /// <returns>The account, or <c>recovery-code-wrong</c>, or <c>sign-in-locked</c> with <c>minutes</c>.</returns>
    public async Task<Result<Account>> TryCodeAsync(
        OrganisationId organisation, string login, string typed, string network, CancellationToken cancellation) =>
        LoginName.TryParse(login, out var name) && RecoveryCode.TryParse(typed, out var code)
            ? await TellAsync(
                TryPath.Of(organisation, "recovery-code", name.Key, network) with { Network = network },
                network,
                () => CandidatesAsync(organisation, name, cancellation),
                found => Task.FromResult(passwords.WhoseCode(found, code, time.GetUtcNow())),
                WrongCode,
                cancellation)
            : WrongCode;

    /// <summary>Whether this is the password of a known account.</summary>
    /// <param name="path">Where the tries are counted: apart from sign-ins, which whoever holds this device must not lock.</param>
    public async Task<Result<Account>> ConfirmAsync(
        OrganisationId organisation, AccountId id, string password, TryPath path, CancellationToken cancellation) =>
        password.Length <= PasswordRules.MaxLength
            ? await TellAsync(
                path,
                id.Key,
                async () => [(await accounts.FindAsync(organisation, id, cancellation))?.Value],
                found => passwords.WhoseAsync(organisation, found, password, cancellation),
                Wrong,
                cancellation)
            : Wrong;

    private async Task<Result<Account>> TellAsync(
        TryPath path,
        string from,
        Func<Task<IReadOnlyList<Account?>>> find,
        Func<IReadOnlyList<Account?>, Task<Account?>> whose,
        Refusal wrong,
        CancellationToken cancellation)
    {
        var told = await gate.TellAsync(path, JudgeAsync, cancellation);
        return told.Outcome
            ?? (told.LockedUntil is { } until ? Locks.Refuse("sign-in-locked", until, time.GetUtcNow()) : PasswordTurns.Busy);

        async Task<Result<Account>?> JudgeAsync()
        {
            var candidates = await find();
            using var turn = await turns.TakeAsync(from, cancellation);
            return turn is null ? null
                : await whose(candidates) is { } account ? account
                : wrong;
        }
    }

    // An e-mail that several learners share says who none of them is: they use their references. A
    // manager who also teaches has two accounts under one e-mail; the password tells which, the manager's first.
    private async Task<IReadOnlyList<Account?>> CandidatesAsync(OrganisationId organisation, LoginName name, CancellationToken cancellation)
    {
        var named = await logins.FindAsync(organisation, name, cancellation);
        var shared = named.Count(l => l.IsEmail && l.Account.Kind == AccountKind.Learner) > 1;
        var usable = named
            .Where(l => !(shared && l.IsEmail && l.Account.Kind == AccountKind.Learner))
            .OrderBy(l => l.Account.Kind)
            .Take(MostAccounts)
            .ToList();
        var found = await Task.WhenAll(
            usable.Select(l => l.Account).DefaultIfEmpty(Nobody).Select(id => accounts.FindAsync(organisation, id, cancellation)));

        // A login that the account had before, and that was not yet cleared away, is no login.
        var accepted = found.Select(stored => stored?.Value).Where(a => a is not null && usable.Any(a.Logins.Contains)).ToList();
        return [.. accepted, .. Enumerable.Repeat<Account?>(null, Math.Max(0, LeastHashes - accepted.Count))];
    }
}
