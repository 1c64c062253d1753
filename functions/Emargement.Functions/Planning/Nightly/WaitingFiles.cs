using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>What came of the files that waited.</summary>
/// <param name="Report">Of all sets together, the files that were refused included.</param>
/// <param name="Files">Each with its outcome.</param>
public sealed record WaitingImported(ImportReport Report, IReadOnlyList<string> ToWake, IReadOnlyList<RunFile> Files);

/// <summary>Imports files of an inbox set after set, or says what that would do.</summary>
public sealed class WaitingFiles(ImportPlanning import, ImportRuns ends, ImportBlobs blobs)
{
    public async Task<WaitingImported> RunAsync(
        Organisation organisation, IReadOnlyList<RunFile> files, ImportWish wish, CancellationToken cancellation)
    {
        using var waiting = new InboxFiles();
        foreach (var file in files)
        {
            if (await blobs.ReceiveAsync(organisation.Id, file, cancellation) is { } received)
            {
                await waiting.AddAsync(file, received, cancellation);
            }
        }

        var report = new ImportReport { DryRun = wish.DryRun };
        var toWake = new List<string>();
        foreach (var set in waiting.Sets())
        {
            var opened = ImportFiles.Of(set.Select(w => w.Opened));
            var imported = opened.IsOk ? await import.RunAsync(organisation, opened.Value, wish, cancellation) : opened.Refusal;
            report = imported.IsOk ? report.Plus(imported.Value.Report) : report;
            toWake.AddRange(imported.Value?.ToWake ?? []);
            foreach (var (file, _) in set.Where(_ => !imported.IsOk))
            {
                waiting.Refuse(file, imported.Refusal!);
            }
        }

        return new WaitingImported(
            report with { Refused = [.. waiting.Refused.Select(f => ends.Refused(f.Key.Name, f.Value))] },
            toWake,
            [.. files.Select(f => f with { Failed = waiting.Refused.ContainsKey(f) })]);
    }
}
