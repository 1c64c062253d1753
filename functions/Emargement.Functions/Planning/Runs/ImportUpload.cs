using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Reading;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Planning.Runs;

/// <summary>Imports files that somebody sends. They are kept before anything is read, so that nothing sent is ever lost.</summary>
public sealed partial class ImportUpload(
    OrganisationSettings settings,
    ImportPlanning import,
    ImportLeases leases,
    ImportRuns ends,
    ImportRunsTable runs,
    ImportBlobs blobs,
    TimeProvider time,
    ILogger<ImportUpload> logger)
{
    /// <param name="by">Who sent the files.</param>
    /// <returns>The report and what is to be woken, or why all of it was refused.</returns>
    public async Task<Result<Imported>> RunAsync(
        string organisation, IReadOnlyList<SpooledFile> files, ImportWish wish, string by, CancellationToken cancellation)
    {
        var found = await settings.GetAsync(organisation, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        if (wish.DryRun)
        {
            return await ImportAsync(found.Value, files, wish, cancellation);
        }

        var run = ImportRunId.Upload(time.GetUtcNow());
        return await leases.RunAsync(
            found.Value.Id,
            run,
            async (dead, token) =>
            {
                // A night is taken up by its own orchestration.
                if (dead is { IsUpload: true } upload)
                {
                    await ends.EndDeadAsync(found.Value.Id, upload, token);
                }

                return await KeepAndImportAsync(found.Value, run, files, wish, by, token);
            },
            cancellation);
    }

    private async Task<Result<Imported>> KeepAndImportAsync(
        Organisation organisation, ImportRunId id, IReadOnlyList<SpooledFile> files, ImportWish wish, string by,
        CancellationToken cancellation)
    {
        var run = new ImportRun(id, ImportRunState.Running, by, time.GetUtcNow(), null, [.. files.Select(f => new RunFile(f.Name))]);
        await runs.TryInsertAsync(organisation.Id, run, cancellation);
        foreach (var (number, file) in files.Index())
        {
            await blobs.KeepUploadAsync(organisation.Id, run.Id, file, number + 1, cancellation);
        }

        var result = await ImportAsync(organisation, files, wish, cancellation);
        var report = result.Match(
            imported => imported.Report with { Run = run.Id.ToString(), At = time.GetUtcNow() },
            refusal => ends.RefusedReport(run.Id, "", refusal));
        await blobs.SaveReportAsync(organisation.Id, report, cancellation);
        var stored = await runs.FindAsync(organisation.Id, run.Id, cancellation);
        var over = run with { State = result.IsOk ? ImportRunState.Done : ImportRunState.Refused, FinishedAt = report.At };
        await runs.TryReplaceAsync(organisation.Id, stored!, over, cancellation);
        LogImported(organisation.Id, run.Id, over.State);
        return result.IsOk ? result.Value with { Report = report } : WithRun(result.Refusal, run.Id);
    }

    private async Task<Result<Imported>> ImportAsync(
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

    private static Refusal WithRun(Refusal refusal, ImportRunId run)
    {
        var args = new Dictionary<string, string>(refusal.Args ?? new Dictionary<string, string>()) { ["run"] = run.ToString() };
        return refusal with { Args = args };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Run} of {Organisation} ended: {State}")]
    private partial void LogImported(OrganisationId organisation, ImportRunId run, ImportRunState state);
}
