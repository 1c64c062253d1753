using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>A device that is signed in to an account.</summary>
/// <param name="SecretHash">SHA-256 of the secret that its cookie carries now.</param>
/// <param name="FormerSecretHash">Of the one before: the answer that brought the new one may never have arrived.</param>
/// <param name="SeenAt">The last use that was noted, which is when the secret changed.</param>
public sealed record Device(
    string Id,
    DeviceUse Use,
    byte[] SecretHash,
    byte[]? FormerSecretHash,
    DateTimeOffset CreatedAt,
    DateTimeOffset SeenAt,
    DateTimeOffset ExpiresAt)
{
    /// <summary>From where its holder signed in, cut to a network.</summary>
    public string? Network { get; init; }

    /// <summary>By what they signed in, as its owner recognises it.</summary>
    public string? Browser { get; init; }

    /// <summary>Whether one factor was enough for it, as far as is known.</summary>
    public bool ByOneFactor { get; init; }
}

/// <summary>Table <c>Devices</c>: PK <c>{org}|{account}</c>, RK device id.</summary>
public sealed class DevicesTable(AppStorage storage)
{
    private const string Name = "Devices";

    public async Task<Stored<Device>?> FindAsync(OrganisationId organisation, AccountId account, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(organisation, account), id, cancellation);
        return row is null ? null : FromEntity(row);
    }

    public async Task<IReadOnlyList<Device>> ListAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var devices = new List<Device>();
        await foreach (var row in table.StartingWith(Partition(organisation, account), string.Empty, cancellation))
        {
            devices.Add(FromEntity(row).Value);
        }

        return devices;
    }

    public async Task<bool> TryInsertAsync(OrganisationId organisation, AccountId account, Device device, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation, account, device), cancellation);
    }

    public async Task<bool> TryReplaceAsync(
        OrganisationId organisation, AccountId account, Stored<Device> read, Device changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(organisation, account, changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    /// <returns>False when there was no such device.</returns>
    public async Task<bool> TryDeleteAsync(OrganisationId organisation, AccountId account, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryDeleteAsync(Partition(organisation, account), id, ETag.All, cancellation);
    }

    private static string Partition(OrganisationId organisation, AccountId account) => $"{organisation}|{account.Key}";

    private static TableEntity ToEntity(OrganisationId organisation, AccountId account, Device device)
    {
        var entity = new TableEntity(Partition(organisation, account), device.Id)
        {
            ["Use"] = device.Use.ToString(),
            ["SecretHash"] = device.SecretHash,
            ["CreatedAt"] = device.CreatedAt,
            ["RotatedAt"] = device.SeenAt,
            ["ExpiresAt"] = device.ExpiresAt,
        };
        entity.SetIfAny("FormerSecretHash", device.FormerSecretHash);
        entity.SetIfAny("Network", device.Network);
        entity.SetIfAny("Browser", device.Browser);
        if (device.ByOneFactor)
        {
            entity["ByOneFactor"] = true;
        }

        return entity;
    }

    private static Stored<Device> FromEntity(TableEntity row)
    {
        var device = new Device(
            row.RowKey,
            // Rows without a use were written when only phones that stay had one.
            Enum.TryParse<DeviceUse>(row.GetString("Use"), out var use) ? use : DeviceUse.Remembered,
            row.GetBinary("SecretHash"),
            row.GetBinary("FormerSecretHash"),
            row.GetDateTimeOffset("CreatedAt")!.Value,
            row.GetDateTimeOffset("RotatedAt")!.Value,
            row.GetDateTimeOffset("ExpiresAt")!.Value)
        {
            Network = row.GetString("Network"),
            Browser = row.GetString("Browser"),
            ByOneFactor = row.GetBoolean("ByOneFactor") == true,
        };
        return new Stored<Device>(device, row.ETag);
    }
}
