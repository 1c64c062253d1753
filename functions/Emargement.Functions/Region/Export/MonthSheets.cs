using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sheets.Records;

namespace Emargement.Functions.Region.Export;

/// <summary>The latest sealed sheet of each session of a month.</summary>
public sealed class MonthSheets(SheetsTable sheets)
{
    /// <summary>One partition read. Versions come in order, so the last one of each session stands.</summary>
    public async Task<IReadOnlyDictionary<SessionId, SheetProofOf>> OfMonthAsync(
        OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var latest = new Dictionary<SessionId, SheetProofOf>();
        await foreach (var stored in sheets.OfMonthAsync(organisation, month, cancellation))
        {
            var sheet = stored.Value;
            latest[sheet.Session] = new SheetProofOf(SheetBlobs.PdfName(organisation, sheet.Session, sheet.Version), sheet.Sha256)
            {
                Facts = sheet.Facts,
            };
        }

        return latest;
    }
}
