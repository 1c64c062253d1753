using System.Globalization;
using Azure.Data.Tables;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Months.Records;

/// <summary>An amendment, as its Région's list shows it: it names no learner.</summary>
/// <param name="Name">The organisation's.</param>
/// <param name="Count">How many corrections it asks for.</param>
public sealed record RegionAmendmentRow(
    YearMonth Month,
    string Nda,
    OrganisationId Organisation,
    int Number,
    string Name,
    AmendmentState State,
    int Count,
    DateTimeOffset At,
    DateTimeOffset? AnsweredAt,
    int? Version);

/// <summary>
/// Table <c>RegionAmendments</c>, derived: PK <c>{region}</c>, RK <c>{yyyy-MM}|{nda}|{org}|{number}</c>. The amendments themselves are in
/// <c>Months</c>.
/// </summary>
public sealed class RegionAmendmentsTable(AppStorage storage)
{
    private const string Table = "RegionAmendments";

    /// <summary>Every amendment that was asked of a Région, by month: one range.</summary>
    public async Task<IReadOnlyList<RegionAmendmentRow>> ListAsync(RegionCode region, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        return await table.StartingWith(region.Value, "", cancellation).Select(FromEntity).ToListAsync(cancellation);
    }

    public async Task<Stored<RegionAmendmentRow>?> FindAsync(RegionCode region, RegionAmendmentRow like, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        return await table.FindAsync(region.Value, KeyOf(like), cancellation) is { } row
            ? new Stored<RegionAmendmentRow>(FromEntity(row), row.ETag)
            : null;
    }

    /// <param name="read">The row that it replaces; null where there is none.</param>
    /// <returns>False when another writer was faster.</returns>
    public async Task<bool> TryWriteAsync(
        RegionCode region, Stored<RegionAmendmentRow>? read, RegionAmendmentRow changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Table);
        var entity = new TableEntity(region.Value, KeyOf(changed))
        {
            ["Name"] = changed.Name,
            ["State"] = changed.State.ToString(),
            ["Count"] = changed.Count,
            ["At"] = changed.At,
        };
        entity.SetIfAny("AnsweredAt", changed.AnsweredAt);
        entity.SetIfAny("Version", changed.Version);
        return await table.TryWriteAsync(entity, read?.ETag ?? default, cancellation);
    }

    private static string KeyOf(RegionAmendmentRow row) =>
        $"{row.Month}|{row.Nda}|{row.Organisation}|{row.Number.ToString("D4", CultureInfo.InvariantCulture)}";

    private static RegionAmendmentRow FromEntity(TableEntity row)
    {
        var key = row.RowKey.Split('|');
        return new RegionAmendmentRow(
            YearMonth.Parse(key[0]),
            key[1],
            OrganisationId.Parse(key[2]),
            int.Parse(key[3], CultureInfo.InvariantCulture),
            row.GetString("Name"),
            Enum.Parse<AmendmentState>(row.GetString("State")),
            row.GetInt32("Count")!.Value,
            row.GetDateTimeOffset("At")!.Value,
            row.GetDateTimeOffset("AnsweredAt"),
            row.GetInt32("Version"));
    }
}
