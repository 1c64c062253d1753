using System.Security.Cryptography;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Logins;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Recovery;

/// <summary>A code to print, shown this once.</summary>
/// <param name="Account">Its reference is what its holder types beside the code.</param>
public sealed record IssuedCode(string Name, AccountId Account, RecoveryCode Code);

/// <summary>Codes to hand out, until a day.</summary>
public sealed record IssuedCodes(Organisation Organisation, DateTimeOffset EndsAt, IReadOnlyList<IssuedCode> Codes);

/// <summary>
/// Gives people a code with which they choose a new password, for those who cannot be written to. It changes nothing until it is used; a
/// new one replaces the one before.
/// </summary>
public sealed class IssueRecoveryCodes(AccountsTable accounts, Passwords passwords, TimeProvider time)
{
    private const int MaxTries = 3;

    /// <param name="people">A person, or a group: those without an account, or whose account is suspended, are left out.</param>
    /// <returns>The codes in the order of the people; or <c>account-unknown</c> when nobody is left, <c>too-many-people</c>,
    /// <c>too-many-calls</c> or <c>changed-meanwhile</c>: no code was given to anybody then.</returns>
    public async Task<Result<IssuedCodes>> RunAsync(
        Organisation organisation, IReadOnlyList<AccountId> people, CancellationToken cancellation)
    {
        if (people.Count > TableAccess.BatchSize)
        {
            return Refusal.BadInput("too-many-people");
        }

        var endsAt = time.GetUtcNow() + RecoveryCode.Lifetime;
        var made = new Dictionary<AccountId, (RecoveryCode Code, string Hash)>();
        for (var attempt = 1; attempt <= MaxTries; attempt++)
        {
            var found = await FindAsync(organisation.Id, people, cancellation);
            if (found.Count == 0)
            {
                return Refusal.NotFound("account-unknown");
            }

            // Slow on purpose, so done once for each whatever is changed meanwhile.
            foreach (var account in found.Select(f => f.Value).Where(a => !made.ContainsKey(a.Id)))
            {
                var code = NewCode();
                if (await passwords.HashAsync(account, code.Value, cancellation) is not { } hash)
                {
                    return PasswordTurns.Busy;
                }

                made.Add(account.Id, (code, hash));
            }

            var changes = found.Select(f =>
                ((Stored<Account>?)f, f.Value with { Recovery = new PrintedCode(made[f.Value.Id].Hash, endsAt) })).ToList();
            if (await accounts.TryWriteAsync(organisation.Id, changes, cancellation))
            {
                var issued = found.Select(f => new IssuedCode(f.Value.DisplayName, f.Value.Id, made[f.Value.Id].Code));
                return new IssuedCodes(organisation, endsAt, [.. issued]);
            }
        }

        return Refusal.Conflict("changed-meanwhile");
    }

    private async Task<List<Stored<Account>>> FindAsync(
        OrganisationId organisation, IReadOnlyList<AccountId> people, CancellationToken cancellation)
    {
        var found = await Task.WhenAll(people.Distinct().Select(id => accounts.FindAsync(organisation, id, cancellation)));
        return [.. found.OfType<Stored<Account>>().Where(f => !f.Value.Suspended)];
    }

    private static RecoveryCode NewCode() => RecoveryCode.From(
        [.. Enumerable.Range(0, RecoveryCode.Size).Select(_ => RandomNumberGenerator.GetInt32(RecoveryCode.AlphabetSize))]);
}
