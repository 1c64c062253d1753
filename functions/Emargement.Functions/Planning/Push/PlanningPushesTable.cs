using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Push;

/// <summary>What a source pushed last of one thing.</summary>
/// <param name="Version">Of its content, as the answer gives it.</param>
/// <param name="Date">Of a slot, as it was written; null for anything else.</param>
public sealed record KeptPush(string Version, long? Revision, string? Date);

/// <summary>Table <c>PlanningPushes</c>: PK <c>{org}|{source}</c>, RK <c>{kind}|{reference's key}</c>.</summary>
public sealed class PlanningPushesTable(AppStorage storage)
{
    private const string Name = "PlanningPushes";
    private const int Parallelism = 16;

    /// <summary>What is known of these things: a point read each.</summary>
    public async Task<IReadOnlyDictionary<(PushKind Kind, Reference Ref), Stored<KeptPush>>> FindAsync(
        OrganisationId organisation, string source, IEnumerable<PushItem> items, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var found = new System.Collections.Concurrent.ConcurrentDictionary<(PushKind, Reference), Stored<KeptPush>>();
        await Parallel.ForEachAsync(
            items.Select(i => (i.Kind, i.Ref)).Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (key, token) =>
            {
                if (await table.FindAsync(Partition(organisation, source), Row(key.Kind, key.Ref), token) is { } row)
                {
                    found[key] = new Stored<KeptPush>(
                        new KeptPush(row.GetString("Version"), row.GetInt64("Revision"), row.GetString("Date")), row.ETag);
                }
            });
        return found;
    }

    /// <summary>Keeps what was pushed, each thing once, if it is still what was read.</summary>
    /// <returns>False when another push was faster.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, string source, IReadOnlyCollection<(PushItem Item, KeptPush Kept, ETag Read)> pushes,
        CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        foreach (var batch in pushes.Chunk(TableAccess.BatchSize))
        {
            if (!await table.TrySubmitAsync([.. batch.Select(p => Write(Partition(organisation, source), p))], cancellation))
            {
                return false;
            }
        }

        return true;
    }

    private static TableTransactionAction Write(string partition, (PushItem Item, KeptPush Kept, ETag Read) push)
    {
        var entity = new TableEntity(partition, Row(push.Item.Kind, push.Item.Ref)) { ["Version"] = push.Kept.Version };
        entity.SetIfAny("Revision", push.Kept.Revision);
        entity.SetIfAny("Date", push.Kept.Date);
        return push.Read == default
            ? new TableTransactionAction(TableTransactionActionType.Add, entity)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, push.Read);
    }

    private static string Partition(OrganisationId organisation, string source) => $"{organisation}|{source}";

    private static string Row(PushKind kind, Reference reference) => $"{kind}|{reference.Key}";
}
