using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Months.Records;

/// <summary>
/// Table <c>Pending</c>, derived: PK <c>{org}</c>, RK <c>{yyyy-MM}|{code}|{session}|{learner}</c>, one row a thing that waits for a person.
/// </summary>
public sealed class PendingTable(AppStorage storage)
{
    private const string Name = "Pending";

    /// <summary>What waits, the oldest month first: one range.</summary>
    /// <param name="month">Null for every month.</param>
    public async Task<IReadOnlyList<PendingItem>> ListAsync(
        OrganisationId organisation, YearMonth? month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var items = new List<PendingItem>();
        await foreach (var row in table.StartingWith(organisation.Value, month is { } of ? $"{of}|" : "", cancellation))
        {
            if (DerivedRows.Read<PendingItem>(row) is { } item)
            {
                items.Add(item);
            }
        }

        return items;
    }

    /// <summary>How much waits in some months: one range of keys.</summary>
    public async Task<int> CountAsync(OrganisationId organisation, Func<YearMonth, bool> counts, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {organisation.Value}");
        return await table.QueryAsync<TableEntity>(filter, 1000, ["RowKey"], cancellation)
            .CountAsync(row => counts(YearMonth.Parse(row.RowKey.Split('|')[0])), cancellation);
    }

    public async Task ReplaceAsync(
        OrganisationId organisation, YearMonth month, IEnumerable<PendingItem> items, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.ReplaceAsync(organisation.Value, $"{month}|", items.Select(i => (i.Id, i)), cancellation);
    }

    /// <summary>Takes away what a remedy has settled; the next calculation would.</summary>
    public async Task RemoveAsync(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(organisation.Value, id, ETag.All, cancellation);
    }
}
