using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Placements.Import;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Platform.Http;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Planning.Runs;

/// <summary>Imports files that somebody sends. They are kept before anything is read, so that nothing sent is ever lost.</summary>
public sealed partial class UploadImport(
    OrganisationSettings settings, PlanningImport import, ImportRunsTable runs, ImportBlobs blobs, IRefusalTexts texts, TimeProvider time, ILogger<UploadImport> logger)
{
    /// <returns>The report, or why all of it was refused.</returns>
    public async Task<Result<ImportReport>> RunAsync(
        string organisation, IReadOnlyList<SpooledFile> files, bool dryRun, bool force, string by, ImportCall call, CancellationToken cancellation)
    {
        var found = await settings.GetAsync(organisation, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        return dryRun
            ? await ImportAsync(found.Value, files, dryRun, force, call, cancellation)
            : await KeepAndImportAsync(found.Value, files, force, by, call, cancellation);
    }

    private async Task<Result<ImportReport>> KeepAndImportAsync(
        Organisation organisation, IReadOnlyList<SpooledFile> files, bool force, string by, ImportCall call, CancellationToken cancellation)
    {
        var run = new ImportRun(
            ImportRunId.Upload(time.GetUtcNow()), ImportRunState.Running, by, time.GetUtcNow(), null, [.. files.Select(f => new RunFile(f.Name))]);
        await runs.TryInsertAsync(organisation.Id, run, cancellation);
        foreach (var (number, file) in files.Index())
        {
            await blobs.KeepUploadAsync(organisation.Id, run.Id, file, number + 1, cancellation);
        }

        var result = await ImportAsync(organisation, files, dryRun: false, force, call, cancellation);
        var report = result.Match(r => r, r => new ImportReport { Refused = [new RefusedFile("", r.Code, texts.Of(r, "fr").Detail)] })
            with
        { Run = run.Id.ToString(), At = time.GetUtcNow() };
        await blobs.SaveReportAsync(organisation.Id, report, cancellation);
        var stored = await runs.FindAsync(organisation.Id, run.Id, cancellation);
        var over = run with { State = result.IsOk ? ImportRunState.Done : ImportRunState.Refused, FinishedAt = report.At };
        await runs.TryReplaceAsync(organisation.Id, stored!, over, cancellation);
        LogImported(organisation.Id, run.Id, over.State);
        return result.IsOk ? report : WithRun(result.Refusal, run.Id);
    }

    private async Task<Result<ImportReport>> ImportAsync(
        Organisation organisation, IReadOnlyList<SpooledFile> files, bool dryRun, bool force, ImportCall call, CancellationToken cancellation)
    {
        var opened = await ImportFiles.OpenAsync(files, cancellation);
        if (!opened.IsOk)
        {
            return opened.Refusal;
        }

        using var set = opened.Value;
        return await import.RunAsync(organisation, set, dryRun, force, call, cancellation);
    }

    private static Refusal WithRun(Refusal refusal, ImportRunId run)
    {
        var args = new Dictionary<string, string>(refusal.Args ?? new Dictionary<string, string>()) { ["run"] = run.ToString() };
        return refusal with { Args = args };
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Import {Run} of {Organisation} ended: {State}")]
    private partial void LogImported(OrganisationId organisation, ImportRunId run, ImportRunState state);
}
