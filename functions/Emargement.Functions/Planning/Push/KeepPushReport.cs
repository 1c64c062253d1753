using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Planning.Push;

/// <summary>Keeps the report of what was pushed where a person may want to read it: a batch that changed something, and whatever was
/// refused.</summary>
public sealed class KeepPushReport(ImportRuns ends, ImportRunsTable runs, ImportBlobs blobs, TimeProvider time)
{
    /// <summary>Ends the run that held the lease before and died, unless it is a night's, which its own orchestration takes up.</summary>
    public Task EndDeadAsync(OrganisationId organisation, ImportRunId? dead, CancellationToken cancellation) =>
        dead is { IsOfNight: false } before ? ends.EndDeadAsync(organisation, before, cancellation) : Task.CompletedTask;

    /// <returns>Whether the report is kept.</returns>
    public async Task<bool> RunAsync(
        OrganisationId organisation, ImportRunId id, string by, IReadOnlyList<PushedItem> items, Imported? imported, bool isBatch,
        CancellationToken cancellation)
    {
        if (!items.Any(i => i.Outcome == PushOutcome.Rejected || (isBatch && i.Outcome != PushOutcome.Unchanged)))
        {
            return false;
        }

        var now = time.GetUtcNow();
        var report = imported?.Report ?? new ImportReport();
        var told = report.Lines.Select(l => l.Text).ToHashSet();
        var untold = items.SelectMany(i => i.Remarks.Where(r => !told.Contains(r.Text)).Select(
            r => new ImportLine(ApiName(i.Kind), 0, i.Ref.Value, r.Code, r.Severity, r.Text)));
        await blobs.SaveReportAsync(
            organisation, report with { Run = id.ToString(), At = now, Lines = [.. report.Lines, .. untold] }, cancellation);
        await runs.TryInsertAsync(organisation, new ImportRun(id, ImportRunState.Done, by, now, now, []), cancellation);
        return true;
    }

    private static string ApiName(PushKind kind) => kind.ToString().ToLowerInvariant();
}
