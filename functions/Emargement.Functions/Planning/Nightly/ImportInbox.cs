using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>
/// Imports what waits in an organisation's inbox, once a local date. The run's row lists the files before anything is read, then says
/// where each goes: a run that stops anywhere goes on from there, and a run of a date that is over does nothing.
/// </summary>
public sealed partial class ImportInbox(
    OrganisationsTable organisations,
    WaitingFiles waiting,
    ImportLeases leases,
    ImportRuns ends,
    ImportRunsTable runs,
    ImportBlobs blobs,
    TimeProvider time,
    ILogger<ImportInbox> logger)
{
    private const string By = "system";

    /// <returns>What was imported; null when another import of the organisation is under way: try again when it has ended.</returns>
    public async Task<Imported?> RunAsync(OrganisationId id, DateOnly night, CancellationToken cancellation)
    {
        var organisation = (await organisations.FindAsync(id, cancellation))?.Value;
        if (organisation is null)
        {
            return new Imported(id, new ImportReport(), []);
        }

        var run = ImportRunId.Night(night);
        var done = await leases.RunAsync(
            id,
            run,
            async (dead, token) =>
            {
                if (dead is { } before)
                {
                    await ends.EndDeadAsync(id, before, token);
                }

                return Result<Imported>.FromT(await GoOnAsync(organisation, run, night, token));
            },
            cancellation);
        return done.Value;
    }

    private async Task<Imported> GoOnAsync(
        Organisation organisation, ImportRunId id, DateOnly night, CancellationToken cancellation)
    {
        var imported = new Imported(organisation.Id, new ImportReport(), []);
        var run = await StartAsync(organisation.Id, id, cancellation);
        if (run.Value.State == ImportRunState.Running)
        {
            var done = await waiting.RunAsync(organisation, run.Value.Files, default, cancellation);
            var report = done.Report with { Run = run.Value.Id.ToString(), At = time.GetUtcNow() };
            imported = new Imported(organisation.Id, report, done.ToWake);
            await blobs.SaveReportAsync(organisation.Id, report, cancellation);
            run = await AdvanceAsync(
                organisation.Id, run, run.Value with { State = ImportRunState.Moving, Files = done.Files, Counts = RunCounts.Of(report) },
                cancellation);
        }

        if (run.Value.State == ImportRunState.Moving)
        {
            await MoveAsync(organisation.Id, night, run.Value, cancellation);
            var state = run.Value.Files.Any(f => f.Failed) ? ImportRunState.Refused : ImportRunState.Done;
            run = await AdvanceAsync(organisation.Id, run, run.Value with { State = state, FinishedAt = time.GetUtcNow() }, cancellation);
            LogImported(organisation.Id, run.Value.Id, run.Value.Files.Count, run.Value.State);
        }

        return imported;
    }

    private async Task<Stored<ImportRun>> StartAsync(OrganisationId organisation, ImportRunId id, CancellationToken cancellation)
    {
        var stored = await runs.FindAsync(organisation, id, cancellation);
        if (stored is not null)
        {
            return stored;
        }

        var files = await blobs.InboxAsync(organisation, cancellation);
        await runs.TryInsertAsync(
            organisation, new ImportRun(id, ImportRunState.Running, By, time.GetUtcNow(), null, files), cancellation);
        return (await runs.FindAsync(organisation, id, cancellation))!;
    }

    // When another start of the same night is ahead, its row is the one to go on from.
    private async Task<Stored<ImportRun>> AdvanceAsync(
        OrganisationId organisation, Stored<ImportRun> read, ImportRun changed, CancellationToken cancellation)
    {
        await runs.TryReplaceAsync(organisation, read, changed, cancellation);
        return (await runs.FindAsync(organisation, changed.Id, cancellation))!;
    }

    private async Task MoveAsync(OrganisationId organisation, DateOnly night, ImportRun run, CancellationToken cancellation)
    {
        var report = await blobs.FindReportAsync(organisation, run.Id, cancellation) ?? new ImportReport { Run = run.Id.ToString() };
        foreach (var outcome in run.Files.GroupBy(f => f.Failed))
        {
            await blobs.PutReportBesideAsync(organisation, report, night, outcome.Key, cancellation);
            foreach (var file in outcome)
            {
                await blobs.MoveAsync(organisation, file, night, cancellation);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Run} of {Organisation} ended with {Files} files: {State}")]
    private partial void LogImported(OrganisationId organisation, ImportRunId run, int files, ImportRunState state);
}
