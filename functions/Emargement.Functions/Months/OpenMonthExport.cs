using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Region;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Months;

/// <summary>Opens a file of what the organisation itself sent to its Région.</summary>
public sealed class OpenMonthExport(ExportsTable exports, OpenExportFile open)
{
    /// <param name="version">A number.</param>
    /// <returns>The file, or <c>export-not-found</c>.</returns>
    public async Task<Result<ExportFile>> RunAsync(
        Organisation organisation, YearMonth month, string version, string file, CancellationToken cancellation)
    {
        // Two establishments may share one declaration number: each opens its own.
        if (!RegionCode.TryParse(organisation.Region, out var region)
            || !int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await exports.FindAsync(region, month, organisation.Nda, number, cancellation) is not { } found
            || found.Organisation != organisation.Id)
        {
            return Refusal.NotFound("export-not-found");
        }

        return await open.RunAsync(new RegionRoute(region, month), organisation.Nda, $"v{number}", file, cancellation);
    }
}
