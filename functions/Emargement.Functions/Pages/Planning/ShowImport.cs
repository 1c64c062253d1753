using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Runs;
using Emargement.Web.Planning;

namespace Emargement.Functions.Pages.Planning;

/// <summary>Makes what the page of one import shows.</summary>
public sealed class ShowImport(ImportBlobs blobs)
{
    public async Task<Result<ImportReportModel>> RunAsync(Organisation organisation, string run, CancellationToken cancellation) =>
        ImportRunId.TryParse(run, out var id) && await blobs.FindReportAsync(organisation.Id, id, cancellation) is { } report
            ? new ImportReportModel(organisation.Id, report, report.Refused is [{ Code: ImportAgain.Truncated }])
            : Refusal.NotFound("import-not-found");
}
