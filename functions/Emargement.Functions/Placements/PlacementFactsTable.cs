using System.Text;
using Azure.Data.Tables;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Placements;

/// <summary>A fact as stored: its exact bytes are what the document's Merkle tree hashes.</summary>
/// <param name="Drawing">SVG path of the signature, when it was read and one was drawn.</param>
public sealed record StoredPlacementFact(PlacementFact Fact, byte[] Json, string? Drawing);

/// <summary>A fact to insert, with its drawing.</summary>
public sealed record NewPlacementFact(PlacementFact Fact, string? Drawing = null);

/// <summary>Table <c>PlacementFacts</c>: facts, inserted and never changed. PK <c>{org}|{placement}</c>, RK the fact's key.</summary>
public sealed class PlacementFactsTable(AppStorage storage)
{
    private const string Name = "PlacementFacts";

    /// <summary>Inserts up to 100 facts of one placement, all or none: one call.</summary>
    /// <returns>False when one of their keys is taken: somebody stated something from the same view, or this is a retry.</returns>
    public async Task<bool> TryInsertAsync(
        OrganisationId organisation, PlacementId placement, IReadOnlyCollection<NewPlacementFact> facts, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return facts.Count == 1
            ? await table.TryInsertAsync(ToEntity(organisation, placement, facts.First()), cancellation)
            : await table.TrySubmitAsync(
                [.. facts.Select(f => new TableTransactionAction(TableTransactionActionType.Add, ToEntity(organisation, placement, f)))],
                cancellation);
    }

    /// <summary>Every fact of a placement: one query. Drawings are read only for its document.</summary>
    public async Task<IReadOnlyList<StoredPlacementFact>> OfAsync(
        OrganisationId organisation, PlacementId placement, bool withDrawings, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var partition = Partition(organisation, placement);
        string[]? columns = withDrawings ? null : ["PartitionKey", "RowKey", "Json"];
        var facts = new List<StoredPlacementFact>();
        await foreach (
            var row in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition}"),
                maxPerPage: 1000,
                select: columns,
                cancellationToken: cancellation))
        {
            var json = Encoding.UTF8.GetBytes(row.GetString("Json"));
            facts.Add(
                new StoredPlacementFact(
                    PlacementFactJson.Read(json), json, row.GetBinary("Drawing") is { } drawing ? DeflatedText.Read(drawing) : null));
        }

        return facts;
    }

    /// <summary>Takes drawings, tutors' names and their addresses out of a placement's facts when their term is over.</summary>
    public async Task ForgetMarksAsync(OrganisationId organisation, PlacementId placement, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(Partition(organisation, placement), string.Empty, cancellation))
        {
            if (row.CutMarks(PlacementFactJson.WithoutNames))
            {
                await table.TryReplaceAsync(row, cancellation);
            }
        }
    }

    private static string Partition(OrganisationId organisation, PlacementId placement) => $"{organisation}|{placement}";

    private static TableEntity ToEntity(OrganisationId organisation, PlacementId placement, NewPlacementFact fact)
    {
        var entity = new TableEntity(Partition(organisation, placement), fact.Fact.Key)
        {
            ["Json"] = Encoding.UTF8.GetString(PlacementFactJson.Write(fact.Fact)),
        };
        if (fact.Drawing is not null)
        {
            entity["Drawing"] = DeflatedText.Write(fact.Drawing);
        }

        return entity;
    }
}
