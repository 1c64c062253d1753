using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Region;

/// <summary>One whole version of one organisation's month.</summary>
/// <param name="State">provisional, validated, locked or corrected.</param>
public sealed record ExportListed(
    string Nda,
    string Organisation,
    int Version,
    string State,
    string By,
    DateTimeOffset At,
    string ManifestSha256,
    IReadOnlyList<ExportFileListed> Files);

/// <param name="Rows">Data rows of a CSV file; null for the manifest and its seal.</param>
public sealed record ExportFileListed(string Name, int? Rows, string? Sha256, string Address);

/// <summary>The versions of a month.</summary>
public sealed record ExportList(string Region, string Month, IReadOnlyList<ExportListed> Versions);

/// <summary>Lists the whole versions of a month, by organisation, oldest first.</summary>
public sealed class ListRegionExports(ExportsTable exports)
{
    public async Task<Result<ExportList>> RunAsync(RegionRoute route, CancellationToken cancellation)
    {
        var versions = await exports.OfMonthAsync(route.Region, route.Month, cancellation);
        return new ExportList(
            route.Region.Value, route.Month.ToString(), [.. versions.Where(v => v.Stage == ExportStage.Complete).Select(Listed)]);
    }

    internal static ExportListed Listed(ExportVersion version)
    {
        var manifest = ExportManifest.FromJson(version.Manifest);
        ExportFileListed File(string name, int? rows, string? sha256) =>
            new(name, rows, sha256, $"/api/region/{version.Region}/exports/{version.Month}/{version.Nda}/v{version.Version}/{name}");
        return new ExportListed(
            version.Nda,
            manifest.Organisation.Name,
            version.Version,
            manifest.Status.State,
            version.By,
            version.At,
            version.ManifestSha256!,
            [
                .. manifest.Files.Select(f => File(f.Name, f.Rows, f.Sha256)),
                File(RegionFiles.ManifestName, null, version.ManifestSha256),
                File(RegionFiles.SealName, null, null),
            ]);
    }
}
