using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Reading;

namespace Emargement.Functions.Planning.Runs;

/// <summary>Imports files that somebody sends.</summary>
public sealed class ImportUpload(OrganisationSettings settings, KeptImport import, TimeProvider time)
{
    /// <param name="by">Who sent the files.</param>
    /// <returns>The report and what is to be woken, or why all of it was refused.</returns>
    public async Task<Result<Imported>> RunAsync(
        string organisation, IReadOnlyList<SpooledFile> files, ImportWish wish, string by, CancellationToken cancellation)
    {
        var found = await settings.GetAsync(organisation, cancellation);
        return !found.IsOk ? found.Refusal
            : wish.DryRun ? await import.TryAsync(found.Value, files, wish, cancellation)
            : await import.RunAsync(
                found.Value, ImportRunId.Upload(time.GetUtcNow()), Result<IReadOnlyList<SpooledFile>>.FromT(files), wish, by, cancellation);
    }
}
