using Emargement.Domain.Placements;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Placements.Paper;

/// <param name="Scan">SHA-256 of the scan, as answered when it was uploaded.</param>
public sealed record PaperRequest(IReadOnlyList<DayMinutes> Days, string Reason, string Scan);

/// <summary>Records days of a signed paper form, whose scan was stored before.</summary>
public sealed class RecordPaper(PaperScans scans, PlacementFiles files, TimeProvider time)
{
    /// <returns>The placement with them, or <c>scan-unknown</c>, or what the rule refuses.</returns>
    public async Task<Result<PlacementFile>> RunAsync(
        Route<PlacementId> route, PaperRequest request, string by, CancellationToken cancellation)
    {
        if (!await scans.ExistsAsync(route, request.Scan, cancellation))
        {
            return Refusal.BadInput("scan-unknown");
        }

        var now = time.GetUtcNow();
        return await files.AddAsync(
            await files.ReadAsync(route, cancellation),
            file => OfficeStatements.RecordPaper(file.State, request.Days, request.Reason, request.Scan, by, file.Clock.DateAt(now), now),
            cancellation);
    }
}
