using Emargement.Domain.Platform;
using Emargement.Functions.Region.Export;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Region;

/// <summary>Activity: writes one organisation's version. Null when it has nothing for the Région.</summary>
public sealed class WriteOrganisationExportActivity(ExportOrganisation export)
{
    public const string Name = "WriteOrganisationExport";

    [Function(Name)]
    public async Task<ExportedVersion?> Run([ActivityTrigger] OrganisationExportRun run, FunctionContext context)
    {
        var organisation = OrganisationId.Parse(run.Organisation);

        // Two establishments may share one declaration number: each has its own version in the run.
        var request = new ExportRequest(
            RegionCode.Parse(run.Region), YearMonth.Parse(run.Month), organisation, $"{run.Run}|{organisation}", run.By, run.At);
        var version = await export.RunAsync(request, context.CancellationToken);
        return version is null ? null : new ExportedVersion(run.Organisation, version.Nda, version.Version);
    }
}
