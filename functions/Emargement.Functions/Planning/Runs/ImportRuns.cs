using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Planning.Runs;

/// <summary>What every run does: it is known before anything is read, and ends with its report.</summary>
public sealed class ImportRuns(ImportRunsTable runs, ImportBlobs blobs, IRefusalTexts texts, TimeProvider time)
{
    /// <summary>Ends a run whose process died, so that nobody waits for it.</summary>
    public async Task EndDeadAsync(OrganisationId organisation, ImportRunId dead, CancellationToken cancellation)
    {
        if (await runs.FindAsync(organisation, dead, cancellation) is not { Value.IsOver: false } stored)
        {
            return;
        }

        await blobs.SaveReportAsync(organisation, RefusedReport(dead, "", ImportRefusals.Stopped), cancellation);
        var ended = stored.Value with { State = ImportRunState.Stopped, FinishedAt = time.GetUtcNow() };
        await runs.TryReplaceAsync(organisation, stored, ended, cancellation);
    }

    public ImportReport RefusedReport(ImportRunId run, string file, Refusal refusal) =>
        new() { Run = run.ToString(), At = time.GetUtcNow(), Refused = [Refused(file, refusal)] };

    /// <param name="file">Empty for all the files of an upload.</param>
    public RefusedFile Refused(string file, Refusal refusal) => new(file, refusal.Code, texts.Of(refusal, "fr").Detail);
}
