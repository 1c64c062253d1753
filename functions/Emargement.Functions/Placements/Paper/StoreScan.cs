using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Placements.Paper;

/// <summary>Keeps the scan of a signed paper form, for the days that will be recorded from it.</summary>
public sealed class StoreScan(PaperScans scans)
{
    /// <summary>Bytes of a scan at most.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <returns>Its SHA-256, or <c>scan-invalid</c> when it is no PDF, JPEG or PNG, or <c>scan-acts</c> when it is a PDF that does
    /// something.</returns>
    public async Task<Result<string>> RunAsync(Route<PlacementId> route, ReadOnlyMemory<byte> scan, CancellationToken cancellation) =>
        ScanType.Of(scan.Span) is not { } type ? Refusal.BadInput("scan-invalid")
        : PdfActions.Has(scan.Span) && type == "application/pdf" ? Refusal.BadInput("scan-acts")
        : await scans.StoreOnceAsync(route, scan, type, cancellation);
}
