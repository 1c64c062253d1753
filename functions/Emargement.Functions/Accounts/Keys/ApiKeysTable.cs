using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Keys;

/// <summary>Whose key it is: an organisation's machine or a Région's.</summary>
public sealed record KeyOwner(OrganisationId? Organisation, string? Region)
{
    /// <summary><c>org:{org}</c> or <c>region:{region}</c>.</summary>
    public string Partition => Organisation is { } organisation ? $"org:{organisation}" : $"region:{Region}";
}

/// <param name="SecretHash">SHA-256 of the secret; a 256-bit secret needs no slower hash.</param>
/// <param name="LastUsedOn">The last UTC day on which it was used, no more exact.</param>
public sealed record ApiKey(
    KeyOwner Owner,
    string Id,
    string Name,
    IReadOnlyList<string> Rights,
    byte[] SecretHash,
    DateTimeOffset CreatedAt,
    DateOnly? LastUsedOn)
{
    /// <summary>From when it opens nothing any more; null for one that was made before keys expired.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public bool IsOver(DateTimeOffset now) => ExpiresAt <= now;

    /// <summary>As it is once another takes its place.</summary>
    public ApiKey Replaced(DateTimeOffset now) => this with { ExpiresAt = KeyTimes.EndOfReplaced(ExpiresAt, now) };
}

/// <summary>Table <c>ApiKeys</c>: PK <c>org:{org}</c> or <c>region:{region}</c>, RK key id.</summary>
public sealed class ApiKeysTable(AppStorage storage)
{
    private const string Name = "ApiKeys";

    public async Task<Stored<ApiKey>?> FindAsync(KeyOwner owner, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(owner.Partition, id, cancellation);
        return row is null ? null : FromEntity(owner, row);
    }

    public async Task<IReadOnlyList<ApiKey>> ListAsync(KeyOwner owner, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var keys = new List<ApiKey>();
        await foreach (var row in table.StartingWith(owner.Partition, string.Empty, cancellation))
        {
            keys.Add(FromEntity(owner, row).Value);
        }

        return keys;
    }

    public async Task<bool> TryInsertAsync(ApiKey key, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(key), cancellation);
    }

    public async Task<bool> TryReplaceAsync(Stored<ApiKey> read, ApiKey changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    /// <returns>False when there was no such key.</returns>
    public async Task<bool> TryDeleteAsync(KeyOwner owner, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryDeleteAsync(owner.Partition, id, ETag.All, cancellation);
    }

    private static TableEntity ToEntity(ApiKey key)
    {
        var entity = new TableEntity(key.Owner.Partition, key.Id)
        {
            ["Name"] = key.Name,
            ["Rights"] = string.Join(' ', key.Rights),
            ["SecretHash"] = key.SecretHash,
            ["CreatedAt"] = key.CreatedAt,
        };
        entity.SetIfAny("ExpiresAt", key.ExpiresAt);
        entity.SetIfAny("LastUsedOn", key.LastUsedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return entity;
    }

    private static Stored<ApiKey> FromEntity(KeyOwner owner, TableEntity row)
    {
        var key = new ApiKey(
            owner,
            row.RowKey,
            row.GetString("Name"),
            row.GetString("Rights").Split(' ', StringSplitOptions.RemoveEmptyEntries),
            row.GetBinary("SecretHash"),
            row.GetDateTimeOffset("CreatedAt")!.Value,
            row.GetString("LastUsedOn") is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null)
        {
            ExpiresAt = row.GetDateTimeOffset("ExpiresAt"),
        };
        return new Stored<ApiKey>(key, row.ETag);
    }
}
