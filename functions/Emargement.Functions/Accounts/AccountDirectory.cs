using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts;

/// <summary>Accounts, their logins and the words by which they are found, kept in step with people. Logins and words are written before
/// the account that they name: one that names no account opens nothing, and a run cut short is completed by the next. An address that
/// changes makes void what was sent to the one before.</summary>
public sealed class AccountDirectory(AccountsTable accounts, LoginsTable logins, NamesTable names, TimeProvider time) : IAccountDirectory
{
    private const int MaxTries = 3;

    public async Task<AccountsReport> EnsureAsync(
        OrganisationId organisation, IReadOnlyCollection<AccountHolder> holders, CancellationToken cancellation)
    {
        if (holders.Count == 0)
        {
            return new AccountsReport(0, 0, []);
        }

        for (var attempt = 1; ; attempt++)
        {
            var known = new Dictionary<AccountId, Stored<Account>>();
            await foreach (var stored in accounts.ListAsync(organisation, cancellation))
            {
                known[stored.Value.Id] = stored;
            }

            await FillNamesAsync(organisation, known.Values, cancellation);
            var wanted = holders.DistinctBy(h => h.Id).ToList();
            if (await TryWriteAsync(organisation, wanted, known, cancellation) is var (created, changed))
            {
                return new AccountsReport(created, changed, SharedEmails(wanted, known));
            }

            if (attempt == MaxTries)
            {
                throw new InvalidOperationException($"Accounts of {organisation} kept changing while they were brought up to date.");
            }
        }
    }

    // Accounts that are older than the table, or that came with an archive, which leaves out what follows from its rows.
    private async Task FillNamesAsync(
        OrganisationId organisation, IEnumerable<Stored<Account>> known, CancellationToken cancellation)
    {
        if (!await names.IsWholeAsync(organisation, cancellation))
        {
            await names.AddAsync(organisation, known.SelectMany(k => NamesTable.Of(k.Value)), cancellation);
            await names.CompleteAsync(organisation, cancellation);
        }
    }

    private async Task<(int Created, int Changed)?> TryWriteAsync(
        OrganisationId organisation,
        List<AccountHolder> wanted,
        Dictionary<AccountId, Stored<Account>> known,
        CancellationToken cancellation)
    {
        var writes = new List<(Stored<Account>? Read, Account Account)>();
        var added = new List<Login>();
        var removed = new List<Login>();
        foreach (var holder in wanted)
        {
            var read = known.GetValueOrDefault(holder.Id);
            var account = Merge(read?.Value, holder);
            if (account == read?.Value)
            {
                continue;
            }

            writes.Add((read, account));
            var before = read?.Value.Logins.ToList() ?? [];
            added.AddRange(account.Logins.Except(before));
            removed.AddRange(before.Except(account.Logins));
        }

        await logins.AddAsync(organisation, added, cancellation);
        var words = writes.SelectMany(w => NamesTable.Of(w.Account)).ToHashSet();
        await names.AddAsync(organisation, words.Except(writes.SelectMany(w => NamesTable.Of(w.Read?.Value))), cancellation);
        foreach (var batch in writes.Chunk(TableAccess.BatchSize))
        {
            if (!await accounts.TryWriteAsync(organisation, batch, cancellation))
            {
                return null;
            }
        }

        foreach (var login in removed)
        {
            await logins.RemoveAsync(organisation, login, cancellation);
        }

        await names.RemoveAsync(organisation, writes.SelectMany(w => NamesTable.Of(w.Read?.Value)).Except(words), cancellation);
        return (writes.Count(w => w.Read is null), writes.Count(w => w.Read is not null));
    }

    private Account Merge(Account? known, AccountHolder holder) => known is null
        ? new Account(
            holder.Id, holder.LastName, holder.FirstName, holder.Email, holder.Language, null, Passwords.NewStamp(), time.GetUtcNow())
        {
            InvitedBy = holder.InvitedBy,
        }
        : known with
        {
            LastName = holder.LastName,
            FirstName = holder.FirstName,
            Email = holder.Email,
            Language = holder.Language,
            Stamp = known.Email is null || known.Email == holder.Email ? known.Stamp : Passwords.NewStamp(),
        };

    private static List<AccountId> SharedEmails(List<AccountHolder> wanted, Dictionary<AccountId, Stored<Account>> known)
    {
        var emails = known.ToDictionary(k => k.Key, k => k.Value.Value.Email);
        foreach (var holder in wanted)
        {
            emails[holder.Id] = holder.Email;
        }

        return [.. emails
            .Where(e => e.Key.Kind == AccountKind.Learner && e.Value is not null)
            .GroupBy(e => e.Value!.Value)
            .Where(g => g.Count() > 1)
            .SelectMany(g => g.Select(e => e.Key))
            .Intersect(wanted.Select(w => w.Id))
            .OrderBy(id => id.Key, StringComparer.Ordinal)];
    }
}
