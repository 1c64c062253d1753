using System.Runtime.CompilerServices;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements.Import;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>An organisation's night that has not been imported yet.</summary>
/// <param name="Night">Local date, yyyy-MM-dd.</param>
public sealed record DueNight(string Organisation, string Night);

/// <summary>What an hour's look at the nights found.</summary>
/// <param name="Due">Not imported yet.</param>
/// <param name="Late">How many of them for an hour or more.</param>
/// <param name="DoneAt">When the last night that is imported ended; null when none is.</param>
public sealed record NightLook(IReadOnlyList<DueNight> Due, int Late, DateTimeOffset? DoneAt);

/// <summary>
/// Imports what waits in an organisation's inbox, once a local date. The run's row lists the files before anything is read, then says where each goes:
/// a run that stops anywhere goes on from there, and a run of a date that is over does nothing.
/// </summary>
public sealed partial class NightImport(
    OrganisationsTable organisations, PlanningImport import, ImportRunsTable runs, ImportBlobs blobs, IRefusalTexts texts, TimeProvider time, ILogger<NightImport> logger)
{
    private const string By = "system";

    private static readonly TimeSpan LateAfter = TimeSpan.FromHours(1);

    /// <summary>Every organisation whose last import hour has struck without a finished run, and how far behind they are.</summary>
    public async Task<NightLook> LookAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (due, late, doneAt) = (new List<DueNight>(), 0, default(DateTimeOffset?));
        await foreach (var stored in organisations.ListAsync(cancellation))
        {
            var night = ImportNights.LastDue(stored.Value, now);
            var run = await runs.FindAsync(stored.Value.Id, ImportRunId.Night(night), cancellation);
            if (run is { Value.IsOver: true })
            {
                doneAt = run.Value.FinishedAt > doneAt || doneAt is null ? run.Value.FinishedAt : doneAt;
                continue;
            }

            due.Add(new DueNight(stored.Value.Id.Value, $"{night:yyyy-MM-dd}"));
            late += ImportNights.LastDue(stored.Value, now - LateAfter) == night ? 1 : 0;
        }

        return new NightLook(due, late, doneAt);
    }

    public async Task RunAsync(OrganisationId id, DateOnly night, DurableTaskClient workflows, CancellationToken cancellation)
    {
        var organisation = (await organisations.FindAsync(id, cancellation))?.Value;
        if (organisation is null)
        {
            return;
        }

        var run = await StartAsync(id, night, cancellation);
        if (run.Value.State == ImportRunState.Running)
        {
            var (report, files) = await ImportAsync(organisation, run.Value, new ImportCall(workflows, Address: null), cancellation);
            await blobs.SaveReportAsync(id, report, cancellation);
            run = await AdvanceAsync(id, run, run.Value with { State = ImportRunState.Moving, Files = files }, cancellation);
        }

        if (run.Value.State == ImportRunState.Moving)
        {
            await MoveAsync(id, night, run.Value, cancellation);
            var state = run.Value.Files.Any(f => f.Failed) ? ImportRunState.Refused : ImportRunState.Done;
            run = await AdvanceAsync(id, run, run.Value with { State = state, FinishedAt = time.GetUtcNow() }, cancellation);
            LogImported(id, run.Value.Id, run.Value.Files.Count, run.Value.State);
        }
    }

    private async Task<Stored<ImportRun>> StartAsync(OrganisationId organisation, DateOnly night, CancellationToken cancellation)
    {
        var id = ImportRunId.Night(night);
        var stored = await runs.FindAsync(organisation, id, cancellation);
        if (stored is not null)
        {
            return stored;
        }

        var waiting = await blobs.InboxAsync(organisation, cancellation);
        await runs.TryInsertAsync(organisation, new ImportRun(id, ImportRunState.Running, By, time.GetUtcNow(), null, waiting), cancellation);
        return (await runs.FindAsync(organisation, id, cancellation))!;
    }

    // When another start of the same night is ahead, its row is the one to go on from.
    private async Task<Stored<ImportRun>> AdvanceAsync(OrganisationId organisation, Stored<ImportRun> read, ImportRun changed, CancellationToken cancellation)
    {
        await runs.TryReplaceAsync(organisation, read, changed, cancellation);
        return (await runs.FindAsync(organisation, changed.Id, cancellation))!;
    }

    private async Task<(ImportReport Report, IReadOnlyList<RunFile> Files)> ImportAsync(Organisation organisation, ImportRun run, ImportCall call, CancellationToken cancellation)
    {
        var received = new List<(RunFile File, SpooledFile Content)>();
        var failed = new Dictionary<RunFile, Refusal>();
        var report = new ImportReport();
        try
        {
            foreach (var file in run.Files)
            {
                switch (await blobs.ReceiveAsync(organisation.Id, file, cancellation))
                {
                    case { IsOk: true } content:
                        received.Add((file, content.Value));
                        break;
                    case { } refused:
                        failed.Add(file, refused.Refusal!);
                        break;
                }
            }

            await foreach (var (set, result) in ImportSetsAsync(organisation, received, call, cancellation))
            {
                report = result.IsOk ? report.Plus(result.Value) : report;
                if (!result.IsOk)
                {
                    set.ForEach(f => failed.Add(f, result.Refusal));
                }
            }
        }
        finally
        {
            received.ForEach(r => r.Content.Dispose());
        }

        var refusedFiles = failed.Select(f => new RefusedFile(f.Key.Name, f.Value.Code, texts.Of(f.Value, "fr").Detail));
        report = report with { Run = run.Id.ToString(), At = time.GetUtcNow(), Refused = [.. refusedFiles] };
        return (report, [.. run.Files.Select(f => f with { Failed = failed.ContainsKey(f) })]);
    }

    // After a missed night two plannings may wait. The first file of each kind makes the first set, whatever came between, so that a planning meets its learners;
    // a second file of a kind goes to the next set.
    private async IAsyncEnumerable<(List<RunFile> Files, Result<ImportReport> Result)> ImportSetsAsync(
        Organisation organisation, List<(RunFile File, SpooledFile Content)> received, ImportCall call, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sets = new List<(List<(RunFile File, SpooledFile Content)> Files, HashSet<ImportKind> Kinds)>();
        foreach (var next in received)
        {
            var alone = await ImportFiles.OpenAsync([next.Content], cancellation);
            if (!alone.IsOk)
            {
                yield return ([next.File], alone.Refusal);
                continue;
            }

            var kinds = alone.Value.Kinds.ToList();
            alone.Value.Dispose();
            var place = sets.FindLastIndex(s => s.Kinds.Overlaps(kinds)) + 1;
            if (place == sets.Count)
            {
                sets.Add(([], []));
            }

            sets[place].Files.Add(next);
            sets[place].Kinds.UnionWith(kinds);
        }

        foreach (var (files, _) in sets)
        {
            yield return ([.. files.Select(f => f.File)], await ImportSetAsync(organisation, files, call, cancellation));
        }
    }

    private async Task<Result<ImportReport>> ImportSetAsync(
        Organisation organisation, List<(RunFile File, SpooledFile Content)> set, ImportCall call, CancellationToken cancellation)
    {
        var opened = await ImportFiles.OpenAsync([.. set.Select(s => s.Content)], cancellation);
        if (!opened.IsOk)
        {
            return opened.Refusal;
        }

        using var files = opened.Value;
        return await import.RunAsync(organisation, files, dryRun: false, force: false, call, cancellation);
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
