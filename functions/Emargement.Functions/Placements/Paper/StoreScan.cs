using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;

namespace Emargement.Functions.Placements.Paper;

/// <summary>Keeps the scan of a signed paper form, for the days that will be recorded from it.</summary>
public sealed class StoreScan(PaperScans scans)
{
    /// <returns>Its SHA-256, or <c>scan-invalid</c> when it is no PDF, JPEG or PNG, or <c>scan-acts</c> when it is a PDF that does
    /// something.</returns>
    public async Task<Result<string>> RunAsync(Route<PlacementId> route, ReadOnlyMemory<byte> scan, CancellationToken cancellation) =>
        await ScanType.Read(scan.Span).ThenAsync(
            async type => Result<string>.FromT(await scans.StoreOnceAsync(route, scan, type, cancellation)));
}
