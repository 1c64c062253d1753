using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Sources;

namespace Emargement.Functions.Planning.Runs;

/// <summary>Imports the kept files of a run that was refused because its planning looks cut short: whoever asks has read how many sessions
/// it has, and types that number.</summary>
public sealed class ImportAgain(
    ImportBlobs blobs, KeptImport import, PlanningSourcesTable sources, RunSource run, TimeProvider time)
{
    /// <summary>The refusal of such a run.</summary>
    public const string Truncated = "import-truncated";

    /// <param name="count">Sessions of the file, as typed.</param>
    /// <returns>The report of a new run; <c>count-wrong</c>, or why the files cannot be imported.</returns>
    public async Task<Result<Imported>> RunAsync(
        Organisation organisation, string name, string? count, ImportWish wish, string by, CancellationToken cancellation)
    {
        if (!ImportRunId.TryParse(name, out var id))
        {
            return Refusal.NotFound("import-not-found");
        }

        var files = await blobs.UploadsAsync(organisation.Id, id, cancellation);
        try
        {
            if (files.Count == 0)
            {
                return Refusal.NotFound("import-not-found");
            }

            var tried = await import.TryAsync(
                organisation, files, wish with { DryRun = true, Force = false, FromSource = id.Source }, cancellation);
            return tried.Refusal is not { Code: Truncated } refusal ? tried.IsOk ? await AgainAsync() : tried.Refusal
                : refusal.Args!["inFile"] == count?.Trim() ? await AgainAsync()
                : Refusal.BadInput("count-wrong");

            async Task<Result<Imported>> AgainAsync()
            {
                // What it stood for, group by group, is known while it is read alone.
                if (id.Source is { } read && await sources.FindAsync(organisation.Id, read, cancellation) is
                    { Value.Kind: SourceKind.Ypareo })
                {
                    return await run.RunAsync(organisation, read, wish with { Force = true }, by, cancellation);
                }

                var now = time.GetUtcNow();
                return await import.RunAsync(
                    organisation,
                    id.Source is { } source ? ImportRunId.AtOnce(source, now) : ImportRunId.Upload(now),
                    Result<IReadOnlyList<SpooledFile>>.FromT(files),
                    wish with { Force = true, FromSource = id.Source },
                    by,
                    cancellation);
            }
        }
        finally
        {
            foreach (var file in files)
            {
                file.Dispose();
            }
        }
    }
}
