using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sheets;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sheets.Records;

/// <summary>The sheet version that a verification code names.</summary>
public sealed record SheetPlace(OrganisationId Organisation, SessionId Session, int Version);

/// <summary>Table <c>SheetCodes</c>: from a code to its sheet. PK the code's first two characters, RK the code.</summary>
public sealed class SheetCodesTable(AppStorage storage)
{
    private const string Name = "SheetCodes";

    public async Task<SheetPlace?> FindAsync(VerificationCode code, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(code), code.Value, cancellation);
        return row is null
            ? null
            : new(OrganisationId.Parse(row.GetString("Organisation")), SessionId.Parse(row.GetString("Session")), row.GetInt32("Version")!.Value);
    }

    /// <returns>False when the code is recorded already: by an earlier try, since codes are not drawn twice.</returns>
    public async Task<bool> TryInsertAsync(VerificationCode code, SheetPlace place, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(Partition(code), code.Value)
        {
            ["Organisation"] = place.Organisation.Value,
            ["Session"] = place.Session.ToString(),
            ["Version"] = place.Version,
        };
        return await table.TryInsertAsync(entity, cancellation);
    }

    private static string Partition(VerificationCode code) => code.Value[..2];
}
