using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Planning.Runs;

/// <summary>A run whose files are kept before anything of them is read, so that nothing that came is ever lost, and whose report is kept
/// whatever becomes of it.</summary>
public sealed partial class KeptImport(
    ImportPlanning import,
    ImportLeases leases,
    ImportRuns ends,
    ImportRunsTable runs,
    ImportBlobs blobs,
    TimeProvider time,
    ILogger<KeptImport> logger)
{
    /// <param name="files">What came, or why nothing did.</param>
    /// <param name="by">Who asked for the run.</param>
    /// <returns>The report and what is to be woken, or why all of it was refused.</returns>
    public Task<Result<Imported>> RunAsync(
        Organisation organisation, ImportRunId run, Result<IReadOnlyList<SpooledFile>> files, ImportWish wish, string by,
        CancellationToken cancellation) => leases.RunAsync(
        organisation.Id,
        run,
        async (dead, token) =>
        {
            // A night is taken up by its own orchestration.
            if (dead is { IsOfNight: false } before)
            {
                await ends.EndDeadAsync(organisation.Id, before, token);
            }

            return await KeepAndImportAsync(organisation, run, files, wish, by, token);
        },
        cancellation);

    /// <summary>Says what an import would do, and keeps nothing.</summary>
    public async Task<Result<Imported>> TryAsync(
        Organisation organisation, IReadOnlyList<SpooledFile> files, ImportWish wish, CancellationToken cancellation)
    {
        var opened = await ImportFiles.OpenAsync(files, cancellation);
        if (!opened.IsOk)
        {
            return opened.Refusal;
        }

        using var set = opened.Value;
        return await import.RunAsync(organisation, set, wish, cancellation);
    }

    private async Task<Result<Imported>> KeepAndImportAsync(
        Organisation organisation, ImportRunId id, Result<IReadOnlyList<SpooledFile>> files, ImportWish wish, string by,
        CancellationToken cancellation)
    {
        var named = files.Value?.Select(f => new RunFile(f.Name)) ?? [];
        var run = new ImportRun(id, ImportRunState.Running, by, time.GetUtcNow(), null, [.. named]);
        await runs.TryInsertAsync(organisation.Id, run, cancellation);
        foreach (var (number, file) in (files.Value ?? []).Index())
        {
            await blobs.KeepUploadAsync(organisation.Id, run.Id, file, number + 1, cancellation);
        }

        var result = await files.ThenAsync(came => TryAsync(organisation, came, wish, cancellation));
        var report = result.Match(
            imported => imported.Report with { Run = run.Id.ToString(), At = time.GetUtcNow() },
            refusal => ends.RefusedReport(run.Id, "", refusal));
        await blobs.SaveReportAsync(organisation.Id, report, cancellation);
        var stored = await runs.FindAsync(organisation.Id, run.Id, cancellation);
        var over = run with
        {
            State = result.IsOk ? ImportRunState.Done : ImportRunState.Refused,
            FinishedAt = report.At,
            Counts = RunCounts.Of(report),
        };
        await runs.TryReplaceAsync(organisation.Id, stored!, over, cancellation);
        LogImported(organisation.Id, run.Id, over.State);
        return result.IsOk ? result.Value with { Report = report } : WithRun(result.Refusal, run.Id);
    }

    private static Refusal WithRun(Refusal refusal, ImportRunId run)
    {
        var args = new Dictionary<string, string>(refusal.Args ?? new Dictionary<string, string>()) { ["run"] = run.ToString() };
        return refusal with { Args = args };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Run} of {Organisation} ended: {State}")]
    private partial void LogImported(OrganisationId organisation, ImportRunId run, ImportRunState state);
}
