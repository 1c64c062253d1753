using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts;

/// <summary>A word under which a learner or a trainer is found.</summary>
public readonly record struct NamedAccount(string Word, AccountId Id);

/// <summary>
/// Table <c>Names</c>: PK <c>{org}</c>, RK <c>{word}|{kind}|{reference key}</c>, nothing else: a search by the start of any word is one
/// range. It follows from the accounts and can be made anew; until it is whole (<c>|whole</c>) a search reads the accounts themselves.
/// </summary>
public sealed class NamesTable(AppStorage storage)
{
    private const string Name = "Names";

    // No word begins so.
    private const string WholeRow = "|whole";
    private const int Parallelism = 4;

    private readonly ConcurrentDictionary<OrganisationId, bool> _whole = new();

    /// <summary>The words of a learner or a trainer; none for anybody else, whom another page lists.</summary>
    public static IEnumerable<NamedAccount> Of(Account? account) =>
        account is null or { Id.Kind: AccountKind.Manager or AccountKind.Officer }
        ? []
        : PersonWords.Of(account.LastName, account.FirstName, account.Id.Person, account.Email)
            .Select(word => new NamedAccount(word, account.Id));

    /// <summary>Everybody some word of whom starts so, with that word: one range.</summary>
    public async Task<IReadOnlyList<NamedAccount>> StartingWithAsync(
        OrganisationId organisation, string start, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var found = new List<NamedAccount>();
        await foreach (var row in table.StartingWith(organisation.Value, start, cancellation))
        {
            var parts = row.RowKey.Split('|', 2);
            if (AccountId.TryParseKey(parts[1].Replace('|', ':'), out var id))
            {
                found.Add(new NamedAccount(parts[0], id));
            }
        }

        return found;
    }

    /// <summary>Whether every account is in it: a point read until it is.</summary>
    public async Task<bool> IsWholeAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        if (_whole.ContainsKey(organisation))
        {
            return true;
        }

        var table = await storage.TableAsync(Name);
        return await table.FindAsync(organisation.Value, WholeRow, cancellation) is not null && _whole.TryAdd(organisation, true);
    }

    /// <summary>Says that every account is in it.</summary>
    public async Task CompleteAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryInsertAsync(new TableEntity(organisation.Value, WholeRow), cancellation);
    }

    /// <summary>Adds words; one that is there stays, since a row holds nothing but its key.</summary>
    public async Task AddAsync(OrganisationId organisation, IEnumerable<NamedAccount> names, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await Parallel.ForEachAsync(
            names.Distinct().Chunk(TableAccess.BatchSize),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (some, token) => await table.SubmitTransactionAsync(
                some.Select(n => new TableTransactionAction(
                    TableTransactionActionType.UpsertReplace, new TableEntity(organisation.Value, RowOf(n)))),
                token));
    }

    /// <summary>Takes words away; one that stays behind finds nobody.</summary>
    public async Task RemoveAsync(OrganisationId organisation, IEnumerable<NamedAccount> names, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        foreach (var name in names)
        {
            await table.TryDeleteAsync(organisation.Value, RowOf(name), ETag.All, cancellation);
        }
    }

    private static string RowOf(NamedAccount name) => $"{name.Word}|{AccountId.Word(name.Id.Kind)}|{name.Id.Person.Key}";
}
