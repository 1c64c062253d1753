using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Planning.Sources;

/// <summary>Fetches from an address, and says what an import of it would do. Keeps nothing.</summary>
public sealed class TrySource(FetchSource fetch, KeptImport import)
{
    /// <param name="source">Of a source that there is: what it would change is told beside what it changed before.</param>
    /// <returns>The report, or why there is nothing to import.</returns>
    public async Task<Result<ImportReport>> RunAsync(
        Organisation organisation, SourceKind kind, string? address, string? source, CancellationToken cancellation)
    {
        if (SourceAddress.Download(kind, address) is not { } download)
        {
            return kind == SourceKind.Sheet ? SourceRefusals.NotASheet : Platform.Outgoing.OutgoingRefusals.Invalid;
        }

        return await RunAsync(organisation, kind, download, source, cancellation);
    }

    /// <param name="download">What is downloaded, as a source keeps it.</param>
    public async Task<Result<ImportReport>> RunAsync(
        Organisation organisation, SourceKind kind, Uri? download, string? source, CancellationToken cancellation)
    {
        if (download is null)
        {
            return SourceRefusals.AddressLost;
        }

        var fetched = await fetch.RunAsync(kind, download, cancellation);
        if (!fetched.IsOk)
        {
            return fetched.Refusal;
        }

        using var file = fetched.Value;
        var wish = new ImportWish(DryRun: true, Force: false, FromSource: source ?? "");
        var imported = await import.TryAsync(organisation, [file], wish, cancellation);
        return imported.IsOk ? imported.Value.Report : imported.Refusal;
    }
}
