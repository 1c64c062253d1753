using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Signing;

/// <summary>
/// Table <c>Drawings</c>: which drawings a learner has used, so that the same one again is reported. PK <c>{org}|{learner}</c>, RK SHA-256
/// of the drawing.
/// </summary>
public sealed class DrawingsTable(AppStorage storage)
{
    private const string Name = "Drawings";

    /// <summary>Notes a drawing: one call; a second one only when it was known.</summary>
    /// <returns>True when another Session used it before. The same Session is a retry of the same signature.</returns>
    public async Task<bool> NoteAsync(
        OrganisationId organisation, Reference learner, string sha256, SessionId session, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity($"{organisation}|{learner.Key}", sha256) { ["Session"] = session.ToString() };
        if (await table.TryInsertAsync(entity, cancellation))
        {
            return false;
        }

        var known = await table.FindAsync(entity.PartitionKey, entity.RowKey, cancellation);
        return known?.GetString("Session") != session.ToString();
    }
}
