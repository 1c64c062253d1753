using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Marks;

/// <summary>
/// Table <c>MonthMarks</c>: PK <c>mark</c>, RK <c>{org}|{yyyy-MM}</c>, one row a month of which something changed since its summary was
/// made: all of them are one range, however many organisations there are.
/// </summary>
public sealed class MonthMarksTable(AppStorage storage)
{
    private const string Name = "MonthMarks";
    private const string Partition = "mark";

    /// <summary>Says that a month changed. One mark is enough, and each makes it another: whoever is reading leaves it.</summary>
    public async Task MarkAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.UpsertEntityAsync(new TableEntity(Partition, Row(organisation, month)), TableUpdateMode.Replace, cancellation);
    }

    /// <summary>Takes the mark away, once the month is written: unless it changed since the mark was found.</summary>
    public async Task TakeAsync(OrganisationId organisation, YearMonth month, ETag found, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(Partition, Row(organisation, month), found, cancellation);
    }

    /// <summary>Whether a month changed since its summary began to be made.</summary>
    /// <returns>The mark's tag; null when it did not.</returns>
    public async Task<ETag?> FindAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return (await table.FindAsync(Partition, Row(organisation, month), cancellation))?.ETag;
    }

    /// <summary>Every month that changed, of every organisation.</summary>
    public async Task<IReadOnlyList<(OrganisationId Organisation, YearMonth Month)>> ListAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var marked = new List<(OrganisationId, YearMonth)>();
        await foreach (var row in table.StartingWith(Partition, "", cancellation))
        {
            var parts = row.RowKey.Split('|');
            marked.Add((OrganisationId.Parse(parts[0]), YearMonth.Parse(parts[1])));
        }

        return marked;
    }

    private static string Row(OrganisationId organisation, YearMonth month) => $"{organisation}|{month}";
}
