using Azure.Data.Tables;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Region.Usage;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Months.Records;

/// <summary>The month of an organisation, as its Région sees it.</summary>
/// <param name="Name">The organisation's, as its last version says it.</param>
/// <param name="Version">The last one that is whole.</param>
/// <param name="VersionState">provisional, validated, locked or corrected.</param>
/// <param name="Counts">Of that version; null of one that was written before figures were kept.</param>
/// <param name="Sent">The version that the organisation sent last; null while it sent none.</param>
/// <param name="ReturnReason">What the Région asked to take up again when it last returned the month.</param>
public sealed record RegionMonthRow(
    string Nda,
    OrganisationId Organisation,
    string Name,
    MonthState State,
    int Version,
    string VersionState,
    DateTimeOffset VersionAt,
    RegionCounts? Counts,
    int? Sent,
    DateTimeOffset? SentAt,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? ReturnedAt,
    string? ReturnReason)
{
    /// <summary>What the Région is charged for, of that version; null where it was not counted.</summary>
    public UsageCounts? Usage { get; init; }
}

/// <summary>
/// Table <c>RegionMonths</c>, derived: PK <c>{region}|{yyyy-MM}</c>, RK <c>{nda}|{org}</c>, since two establishments may share one
/// declaration number. It holds figures of the learners whom the Région pays, and nobody's name.
/// </summary>
public sealed class RegionMonthsTable(AppStorage storage)
{
    private const string Name = "RegionMonths";

    /// <summary>The organisations of a month: one range.</summary>
    public Task<IReadOnlyList<RegionMonthRow>> OfMonthAsync(RegionCode region, YearMonth month, CancellationToken cancellation) =>
        ReadAsync(region, month, "", cancellation);

    /// <summary>Those of one declaration number: one range.</summary>
    public Task<IReadOnlyList<RegionMonthRow>> OfNdaAsync(
        RegionCode region, YearMonth month, string nda, CancellationToken cancellation) =>
        ReadAsync(region, month, nda + "|", cancellation);

    public async Task<Stored<RegionMonthRow>?> FindAsync(
        RegionCode region, YearMonth month, string nda, OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(Partition(region, month), Row(nda, organisation), cancellation) is { } row
            ? new Stored<RegionMonthRow>(FromEntity(row), row.ETag)
            : null;
    }

    /// <param name="read">The row that it replaces; null where there is none.</param>
    /// <returns>False when another writer was faster.</returns>
    public async Task<bool> TryWriteAsync(
        RegionCode region, YearMonth month, Stored<RegionMonthRow>? read, RegionMonthRow changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryWriteAsync(ToEntity(region, month, changed), read?.ETag ?? default, cancellation);
    }

    private static string Partition(RegionCode region, YearMonth month) => $"{region}|{month}";

    private static string Row(string nda, OrganisationId organisation) => $"{nda}|{organisation}";

    private async Task<IReadOnlyList<RegionMonthRow>> ReadAsync(
        RegionCode region, YearMonth month, string prefix, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(Partition(region, month), prefix, cancellation).Select(FromEntity).ToListAsync(cancellation);
    }

    private static TableEntity ToEntity(RegionCode region, YearMonth month, RegionMonthRow row)
    {
        var entity = new TableEntity(Partition(region, month), Row(row.Nda, row.Organisation))
        {
            ["Name"] = row.Name,
            ["State"] = row.State.ToString(),
            ["Version"] = row.Version,
            ["VersionState"] = row.VersionState,
            ["VersionAt"] = row.VersionAt,
        };
        entity.SetIfAny("Counts", row.Counts is null ? null : FiguresText.Write(row.Counts));
        entity.SetIfAny("Usage", row.Usage is null ? null : FiguresText.Write(row.Usage));
        entity.SetIfAny("Sent", row.Sent);
        entity.SetIfAny("SentAt", row.SentAt);
        entity.SetIfAny("ReceivedAt", row.ReceivedAt);
        entity.SetIfAny("ReturnedAt", row.ReturnedAt);
        entity.SetIfAny("ReturnReason", row.ReturnReason);
        return entity;
    }

    private static RegionMonthRow FromEntity(TableEntity row)
    {
        var key = row.RowKey.Split('|', 2);
        return new RegionMonthRow(
            key[0],
            OrganisationId.Parse(key[1]),
            row.GetString("Name"),
            Enum.Parse<MonthState>(row.GetString("State")),
            row.GetInt32("Version")!.Value,
            row.GetString("VersionState"),
            row.GetDateTimeOffset("VersionAt")!.Value,
            row.GetBinary("Counts") is { } counts ? FiguresText.Read<RegionCounts>(counts) : null,
            row.GetInt32("Sent"),
            row.GetDateTimeOffset("SentAt"),
            row.GetDateTimeOffset("ReceivedAt"),
            row.GetDateTimeOffset("ReturnedAt"),
            row.GetString("ReturnReason"))
        {
            Usage = row.GetBinary("Usage") is { } usage ? FiguresText.Read<UsageCounts>(usage) : null,
        };
    }
}
