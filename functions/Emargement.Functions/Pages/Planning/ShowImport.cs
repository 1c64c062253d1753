using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Runs;
using Emargement.Web.Planning;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.Planning;

/// <summary>Makes what the page of one import shows.</summary>
public sealed class ShowImport(ImportBlobs blobs, ShowConflicts conflicts)
{
    public async Task<Result<ImportReportModel>> RunAsync(
        Organisation organisation, string run, Texts texts, CancellationToken cancellation) =>
        ImportRunId.TryParse(run, out var id) && await blobs.FindReportAsync(organisation.Id, id, cancellation) is { } report
            ? await OfAsync(organisation, report, texts, cancellation)
            : Refusal.NotFound("import-not-found");

    /// <summary>The page of a report, kept or of a dry run.</summary>
    public async Task<ImportReportModel> OfAsync(
        Organisation organisation, ImportReport report, Texts texts, CancellationToken cancellation) =>
        new(organisation.Id, report, report is { DryRun: false, Refused: [{ Code: ImportAgain.Truncated }] })
        {
            Conflicts = await conflicts.RunAsync(organisation, report.Conflicts, report.Run, texts, cancellation),
        };
}
