using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Region;

namespace Emargement.Functions.Region.Export;

/// <summary>The four CSV files of one version, written side by side while the month is read.</summary>
internal sealed class ExportFiles : IDisposable
{
    private readonly RegionScope _scope;
    private readonly RegionCsvFile _summary;
    private readonly RegionCsvFile _halfDays;
    private readonly RegionCsvFile _weeks;
    private readonly RegionCsvFile _anomalies;

    private ExportFiles(RegionScope scope, RegionCsvFile summary, RegionCsvFile halfDays, RegionCsvFile weeks, RegionCsvFile anomalies) =>
        (_scope, _summary, _halfDays, _weeks, _anomalies) = (scope, summary, halfDays, weeks, anomalies);

    public static async Task<ExportFiles> OpenAsync(RegionScope scope, int schema, ExportContainer container, ExportVersion version)
    {
        async Task<RegionCsvFile> Open(string name, IReadOnlyList<string> columns) =>
            new(name, columns, schema, new BlockBlobWriter(await container.BlobAsync(version, name)));

        return new ExportFiles(
            scope,
            await Open(RegionFiles.SummaryName, RegionFiles.SummaryColumns),
            await Open(RegionFiles.HalfDaysName, RegionFiles.HalfDayColumns),
            await Open(RegionFiles.WeeksName, RegionFiles.WeekColumns),
            await Open(RegionFiles.AnomaliesName, RegionFiles.AnomalyColumns));
    }

    public async Task AddAsync(DayRows day, CancellationToken cancellation)
    {
        foreach (var row in day.HalfDays)
        {
            _halfDays.Add(RegionFiles.Values(row));
        }

        foreach (var row in day.Anomalies)
        {
            _anomalies.Add(RegionFiles.Values(row));
        }

        await _halfDays.SendFullBlockAsync(cancellation);
        await _anomalies.SendFullBlockAsync(cancellation);
    }

    public async Task AddAsync(IEnumerable<SummaryRow> summary, IEnumerable<PlacementWeekRow> weeks, CancellationToken cancellation)
    {
        foreach (var row in summary)
        {
            _summary.Add(RegionFiles.Values(row, _scope));
            await _summary.SendFullBlockAsync(cancellation);
        }

        foreach (var row in weeks)
        {
            _weeks.Add(RegionFiles.Values(row));
            await _weeks.SendFullBlockAsync(cancellation);
        }
    }

    /// <returns>The manifest's lines, or null when a file exists with other bytes: the data changed since an earlier try wrote
    /// it.</returns>
    public async Task<IReadOnlyList<ManifestFile>?> TryFinishAsync(CancellationToken cancellation)
    {
        var written = await Task.WhenAll(
            _summary.TryFinishAsync(cancellation),
            _halfDays.TryFinishAsync(cancellation),
            _weeks.TryFinishAsync(cancellation),
            _anomalies.TryFinishAsync(cancellation));
        return written.Any(line => line is null) ? null : [.. written.OfType<ManifestFile>()];
    }

    public void Dispose()
    {
        _summary.Dispose();
        _halfDays.Dispose();
        _weeks.Dispose();
        _anomalies.Dispose();
    }
}
