using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Archive;

/// <summary>
/// Table <c>Arrivals</c>: PK <c>arrival</c>, RK org. Organisations that an import
/// brought here, until what was under way there is under way here.
/// </summary>
public sealed class ArrivalsTable(AppStorage storage)
{
    private const string Name = "Arrivals";
    private const string Partition = "arrival";

    /// <summary>Notes an arrival; noting it again changes nothing.</summary>
    public async Task NoteAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryInsertAsync(new TableEntity(Partition, organisation.Value), cancellation);
    }

    /// <summary>Those not settled yet.</summary>
    public async Task<IReadOnlyList<OrganisationId>> ListAsync(CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var arrived = new List<OrganisationId>();
        await foreach (var row in table.StartingWith(Partition, string.Empty, cancellation))
        {
            arrived.Add(OrganisationId.Parse(row.RowKey));
        }

        return arrived;
    }

    public async Task SettleAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(Partition, organisation.Value, Azure.ETag.All, cancellation);
    }
}
