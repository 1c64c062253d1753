using System.Globalization;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Region.Export;

public enum ExportStage
{
    /// <summary>Its files are being written; nobody is told of it.</summary>
    Writing,

    /// <summary>Whole, and never changed again.</summary>
    Complete,

    /// <summary>Given up before it had a manifest, because the data changed between two tries; its run took the next version.</summary>
    Abandoned,
}

/// <summary>One version of one organisation's month.</summary>
public sealed record ExportVersion
{
    public required RegionCode Region { get; init; }

    public required YearMonth Month { get; init; }

    public required string Nda { get; init; }

    public required int Version { get; init; }

    public required OrganisationId Organisation { get; init; }

    /// <summary>The run that asked for it: a retry of the same run comes back to this version.</summary>
    public required string Run { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }

    public ExportStage Stage { get; init; }

    /// <summary>The bytes of <c>manifest.json</c> once complete.</summary>
    public byte[]? Manifest { get; init; }

    public string? ManifestSha256 { get; init; }

    /// <summary>What it says, in figures; null of those that were written before figures were kept.</summary>
    public RegionFigures? Figures { get; init; }

    internal ETag ETag { get; init; }
}

/// <summary>
/// Table <c>Exports</c>: PK <c>{region}|{yyyy-MM}</c>, RK <c>{nda}|{version:D4}</c>, and <c>month-done</c> once a run has exported the
/// whole finished month.
/// </summary>
public sealed class ExportsTable(AppStorage storage)
{
    private const string Name = "Exports";
    private const string MonthDone = "month-done";

    /// <summary>Versions of every organisation, oldest first in each: one partition read.</summary>
    public Task<IReadOnlyList<ExportVersion>> OfMonthAsync(RegionCode region, YearMonth month, CancellationToken cancellation) =>
        ReadAsync(region, month, "", cancellation);

    /// <summary>Versions of one organisation, oldest first: one range query.</summary>
    public Task<IReadOnlyList<ExportVersion>> OfOrganisationAsync(
        RegionCode region, YearMonth month, string nda, CancellationToken cancellation) =>
        ReadAsync(region, month, nda + "|", cancellation);

    public async Task<ExportVersion?> FindAsync(RegionCode region, YearMonth month, string nda, int version, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(region, month), Row(nda, version), cancellation);
        return row is null ? null : FromEntity(region, month, row);
    }

    /// <returns>False when the version is taken.</returns>
    public async Task<bool> TryInsertAsync(ExportVersion version, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(version), cancellation);
    }

    /// <returns>False when another try changed it since it was read.</returns>
    public async Task<bool> TryReplaceAsync(ExportVersion read, ExportVersion changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    /// <summary>When some run exported the month, for every organisation, after its end; null when none has.</summary>
    public async Task<DateTimeOffset?> MonthDoneAtAsync(RegionCode region, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(region, month), MonthDone, cancellation);
        // Rows of earlier versions say no instant but the storage's own.
        return row is null ? null : row.GetDateTimeOffset("At") ?? row.Timestamp;
    }

    public async Task MarkMonthDoneAsync(RegionCode region, YearMonth month, string run, DateTimeOffset at, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryInsertAsync(new TableEntity(Partition(region, month), MonthDone) { ["Run"] = run, ["At"] = at }, cancellation);
    }

    private static string Partition(RegionCode region, YearMonth month) => $"{region}|{month}";

    private static string Row(string nda, int version) => $"{nda}|{version.ToString("D4", CultureInfo.InvariantCulture)}";

    private async Task<IReadOnlyList<ExportVersion>> ReadAsync(
        RegionCode region, YearMonth month, string prefix, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var versions = new List<ExportVersion>();
        await foreach (var row in table.StartingWith(Partition(region, month), prefix, cancellation))
        {
            if (row.RowKey != MonthDone)
            {
                versions.Add(FromEntity(region, month, row));
            }
        }

        return versions;
    }

    private static TableEntity ToEntity(ExportVersion v)
    {
        var entity = new TableEntity(Partition(v.Region, v.Month), Row(v.Nda, v.Version))
        {
            ["Organisation"] = v.Organisation.Value,
            ["Run"] = v.Run,
            ["By"] = v.By,
            ["At"] = v.At,
            ["Stage"] = v.Stage.ToString(),
        };
        entity.SetIfAny("Manifest", v.Manifest is null ? null : Encoding.UTF8.GetString(v.Manifest));
        entity.SetIfAny("ManifestSha256", v.ManifestSha256);
        entity.SetIfAny("Figures", v.Figures is null ? null : FiguresText.Write(v.Figures));
        return entity;
    }

    private static ExportVersion FromEntity(RegionCode region, YearMonth month, TableEntity row)
    {
        var parts = row.RowKey.Split('|', 2);
        return new ExportVersion
        {
            Region = region,
            Month = month,
            Nda = parts[0],
            Version = int.Parse(parts[1], CultureInfo.InvariantCulture),
            Organisation = OrganisationId.Parse(row.GetString("Organisation")),
            Run = row.GetString("Run"),
            By = row.GetString("By"),
            At = row.GetDateTimeOffset("At")!.Value,
            Stage = Enum.Parse<ExportStage>(row.GetString("Stage")),
            Manifest = row.GetString("Manifest") is { } manifest ? Encoding.UTF8.GetBytes(manifest) : null,
            ManifestSha256 = row.GetString("ManifestSha256"),
            Figures = row.GetBinary("Figures") is { } figures ? FiguresText.Read<RegionFigures>(figures) : null,
            ETag = row.ETag,
        };
    }
}
