using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sheets.Records;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Sheets;

/// <summary>
/// Asks again for the timestamps that the authority did not give when sealing. The sealed PDF is never written again: the token, over the
/// SHA-256 of the whole file, is kept beside it and the record says so. The level stays B-B, which is what the PDF itself proves.
/// </summary>
public sealed partial class StampSheets(
    OrganisationsTable organisations,
    SheetsTable table,
    SheetBlobs blobs,
    TimestampClient timestamps,
    TimeProvider time,
    ILogger<StampSheets> log)
{
    /// <summary>Stamps the sheets of the months that the sweep looks at, until the authority fails.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await foreach (var stored in organisations.ListAsync(cancellation))
        {
            var (first, last) = SweptDays.Of(stored.Value, now);
            foreach (var month in YearMonth.Between(first, last))
            {
                if (!await StampMonthAsync(stored.Value.Id, month, cancellation))
                {
                    return;
                }
            }
        }
    }

    /// <summary>Stamps the month's sheets that wait for it; stops at the first failure, since the authority is then still away.</summary>
    /// <returns>False when it is.</returns>
    internal async Task<bool> StampMonthAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        if (!timestamps.Configured)
        {
            return false;
        }

        await foreach (var stored in table.OfMonthAsync(organisation, month, cancellation))
        {
            if (stored.Value.StampMissing && !await TryStampAsync(organisation, stored, cancellation))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> TryStampAsync(OrganisationId organisation, Stored<SheetRecord> stored, CancellationToken cancellation)
    {
        var sheet = stored.Value;
        var answer = await timestamps.ForFileAsync(Convert.FromHexString(sheet.Sha256), cancellation);
        if (answer.Token is not { } token)
        {
            LogFailed(organisation.Value, sheet.Session.ToString(), sheet.Version, answer.Failure);
            return false;
        }

        var kept = token;
        if (!await blobs.TryStoreStampAsync(organisation, sheet.Session, sheet.Version, token.AsSignedCms().Encode(), cancellation))
        {
            // An earlier try stored one and was killed before the record: that one stands.
            var first = await blobs.ReadStampAsync(organisation, sheet.Session, sheet.Version, cancellation);
            kept = System.Security.Cryptography.Pkcs.Rfc3161TimestampToken.TryDecode(first, out var earlier, out _) ? earlier : token;
        }

        await table.TryReplaceAsync(organisation, stored, sheet with { StampedApartAt = kept.TokenInfo.Timestamp }, cancellation);
        LogStamped(organisation.Value, sheet.Session.ToString(), sheet.Version);
        return true;
    }

    [LoggerMessage(1, LogLevel.Information, "Sheet of {Organisation} {Session} version {Version} has a timestamp beside it")]
    private partial void LogStamped(string organisation, string session, int version);

    [LoggerMessage(2, LogLevel.Warning, "Sheet of {Organisation} {Session} version {Version} waits for its timestamp: {Failure}")]
    private partial void LogFailed(string organisation, string session, int version, string? failure);
}
