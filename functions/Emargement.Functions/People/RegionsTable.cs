using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.People;

/// <summary>Table <c>Regions</c>: those whose officers sign in. PK <c>region</c>, RK its short name.</summary>
public sealed class RegionsTable(AppStorage storage)
{
    private const string Name = "Regions";
    private const string Partition = "region";

    public async Task<Stored<RegionSettings>?> FindAsync(RegionCode region, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(Partition, region.Value, cancellation) is { } row ? FromEntity(row) : null;
    }

    /// <summary>Every Région, in order of short name.</summary>
    public async IAsyncEnumerable<RegionSettings> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(Partition, string.Empty, cancellation))
        {
            yield return FromEntity(row).Value;
        }
    }

    /// <param name="read">The row that it replaces; null where there is none.</param>
    /// <returns>False when another change was first.</returns>
    public async Task<bool> TryWriteAsync(Stored<RegionSettings>? read, RegionSettings changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(Partition, changed.Region.Value)
        {
            ["Name"] = changed.Name,
            ["Answers"] = changed.Answers,
            ["FirstSchema"] = changed.FirstSchema,
        };
        entity.SetIfAny("DueDay", changed.DueDay);
        entity.SetIfAny("LockAfter", changed.LockAfter);
        return await table.TryWriteAsync(entity, read?.ETag ?? default, cancellation);
    }

    private static Stored<RegionSettings> FromEntity(TableEntity row) => new(
        new RegionSettings(RegionCode.Parse(row.RowKey), row.GetString("Name"))
        {
            DueDay = row.GetInt32("DueDay"),
            LockAfter = row.GetInt32("LockAfter"),
            Answers = row.GetBoolean("Answers") ?? false,
            FirstSchema = row.GetBoolean("FirstSchema") ?? false,
        },
        row.ETag);
}
