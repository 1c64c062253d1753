using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Planning.Sources;

/// <summary>Fetches from an address, and says what an import of it would do. Keeps nothing.</summary>
public sealed class TrySource(FetchSource fetch, KeptImport import)
{
    /// <param name="target">What is to be read, or what is wrong with how it was named.</param>
    /// <param name="source">Of a source that there is: what it would change is told beside what it changed before.</param>
    /// <returns>The report, or why there is nothing to import.</returns>
    public async Task<Result<ImportReport>> RunAsync(
        Organisation organisation, Result<SourceTarget> target, string? source, CancellationToken cancellation)
    {
        var fetched = await target.ThenAsync(found => fetch.RunAsync(organisation, found, cancellation));
        if (!fetched.IsOk)
        {
            return fetched.Refusal;
        }

        using var came = fetched.Value;
        var wish = new ImportWish(DryRun: true, Force: false, null, source ?? "", came.Scope, came.Remarks);
        var imported = await import.TryAsync(organisation, came.Files, wish, cancellation);
        return imported.IsOk ? imported.Value.Report : imported.Refusal;
    }
}
