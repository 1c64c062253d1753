using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Absences.Reasons;

/// <summary>
/// Table <c>Reasons</c>: PK <c>{org}</c> or <c>region:{region}</c>; RK <c>{code}</c> a reason, <c>{code}|{funder}</c> what it is for the
/// learners of one funder. None is ever deleted: past absences and facts speak of them.
/// </summary>
public sealed class ReasonsTable(AppStorage storage)
{
    private const string Name = "Reasons";

    /// <summary>All that an organisation or a Région wrote: one range.</summary>
    public async Task<IReadOnlyList<Stored<AbsenceReason>>> ListAsync(OrganisationId holder, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(holder.Value, string.Empty, cancellation).Select(FromEntity).ToListAsync(cancellation);
    }

    /// <param name="read">The ETag that was read; default for one that there was not.</param>
    /// <returns>The ETag of the row as written; null when another writer was faster.</returns>
    public async Task<ETag?> WriteAsync(OrganisationId holder, AbsenceReason reason, ETag read, CancellationToken cancellation)
    {
        var key = reason.Funder is { } funder ? $"{reason.Code}|{Reference.Parse(funder).Key}" : reason.Code;
        var entity = new TableEntity(holder.Value, key) { ["Json"] = JsonSerializer.Serialize(reason, ApiJson.Options) };
        return await (await storage.TableAsync(Name)).WriteAsync(entity, read, cancellation);
    }

    private static Stored<AbsenceReason> FromEntity(TableEntity row) =>
        new(JsonSerializer.Deserialize<AbsenceReason>(row.GetString("Json"), ApiJson.Options)!, row.ETag);
}
