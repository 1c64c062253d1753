using Azure.Data.Tables;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sealing;

/// <summary>What a verification code names: one version of a Session's sheet, or of a placement's document.</summary>
public abstract record CodedPlace(OrganisationId Organisation, int Version);

/// <summary>A version of a Session's sheet.</summary>
public sealed record SheetPlace(OrganisationId Organisation, SessionId Session, int Version) : CodedPlace(Organisation, Version);

/// <summary>A version of a placement's document.</summary>
/// <param name="Period"><c>all</c> or a month.</param>
public sealed record DocumentPlace(
    OrganisationId Organisation, PlacementId Placement, string Period, int Version) : CodedPlace(Organisation, Version);

/// <summary>Table <c>SheetCodes</c>: from a code to its sheet or document. PK the code's first two characters, RK the code.</summary>
public sealed class SheetCodesTable(AppStorage storage)
{
    private const string Name = "SheetCodes";

    public async Task<CodedPlace?> FindAsync(VerificationCode code, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(code), code.Value, cancellation);
        if (row is null)
        {
            return null;
        }

        var (organisation, version) = (OrganisationId.Parse(row.GetString("Organisation")), row.GetInt32("Version")!.Value);
        return PlacementId.TryParse(row.GetString("Placement"), out var placement)
            ? new DocumentPlace(organisation, placement, row.GetString("Period"), version)
            : new SheetPlace(organisation, SessionId.Parse(row.GetString("Session")), version);
    }

    /// <returns>False when the code is recorded already: by an earlier try, since codes are not drawn twice.</returns>
    public async Task<bool> TryInsertAsync(VerificationCode code, CodedPlace place, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(Partition(code), code.Value)
        {
            ["Organisation"] = place.Organisation.Value,
            ["Version"] = place.Version,
        };
        if (place is DocumentPlace document)
        {
            entity["Placement"] = document.Placement.Value;
            entity["Period"] = document.Period;
        }
        else if (place is SheetPlace sheet)
        {
            entity["Session"] = sheet.Session.ToString();
        }

        return await table.TryInsertAsync(entity, cancellation);
    }

    private static string Partition(VerificationCode code) => code.Value[..2];
}
