using Emargement.Domain.Platform;
using Emargement.Functions.Region.Export;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Region;

/// <summary>What follows once a version of an organisation's month is written. Done twice, it is done once.</summary>
public interface IExportWritten
{
    Task RunAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation);
}

/// <summary>Activity: writes one organisation's version. Null when it has nothing for the Région.</summary>
public sealed class WriteOrganisationExportActivity(ExportOrganisation export, IExportWritten written)
{
    public const string Name = "WriteOrganisationExport";

    [Function(Name)]
    public async Task<ExportedVersion?> Run([ActivityTrigger] OrganisationExportRun run, FunctionContext context)
    {
        if (await export.RunAsync(RequestOf(run), context.CancellationToken) is not { } version)
        {
            return null;
        }

        await written.RunAsync(version.Organisation, version.Month, context.CancellationToken);
        return new ExportedVersion(run.Organisation, version.Nda, version.Version);
    }

    // Two establishments may share one declaration number: each has its own version in the run.
    private static ExportRequest RequestOf(OrganisationExportRun run) => new(
        RegionCode.Parse(run.Region), YearMonth.Parse(run.Month), OrganisationId.Parse(run.Organisation),
        $"{run.Run}|{run.Organisation}", run.By, run.At)
    {
        Amended = run.Amended,
    };
}
