using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>A device that may go on, and the secret its cookie must carry from now on when it changed.</summary>
public sealed record DeviceCheck(string? NewSecret);

/// <summary>
/// Devices that stay signed in: 90 days from the last day of use, with a secret that
/// changes every day, so that a copied cookie is found out.
/// </summary>
public sealed class Devices(DevicesTable table, TimeProvider time)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private static readonly TimeSpan SecretLifetime = TimeSpan.FromDays(1);

    // Calls that a page sent together may still carry the secret from before.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly ShortMemory<(OrganisationId Organisation, AccountId Account, string Id), Stored<Device>> _known = new(time);

    public async Task<(string Id, string Secret)> AddAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var secret = NewSecret();
        var device = new Device(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), Hash(secret), null, now, now, now + Lifetime);
        if (!await table.TryInsertAsync(organisation, account, device, cancellation))
        {
            throw new InvalidOperationException("A new device took the id of another: the random source is broken.");
        }

        return (device.Id, secret);
    }

    public Task<IReadOnlyList<Device>> ListAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation) =>
        table.ListAsync(organisation, account, cancellation);

    public async Task<bool> RevokeAsync(OrganisationId organisation, AccountId account, string id, CancellationToken cancellation)
    {
        _known.Forget((organisation, account, id));
        return await table.TryDeleteAsync(organisation, account, id, cancellation);
    }

    /// <summary>Signs every device of an account out.</summary>
    /// <param name="except">The device on which the person is acting, if it stays.</param>
    public async Task RevokeAllAsync(OrganisationId organisation, AccountId account, string? except, CancellationToken cancellation)
    {
        foreach (var device in await table.ListAsync(organisation, account, cancellation))
        {
            if (device.Id != except)
            {
                await RevokeAsync(organisation, account, device.Id, cancellation);
            }
        }
    }

    /// <summary>
    /// Whether a device with this secret is still signed in. A secret older than the last
    /// two means that two devices hold the same cookie: both are signed out.
    /// </summary>
    /// <returns>Null when it is not.</returns>
    public async Task<DeviceCheck?> CheckAsync(
        OrganisationId organisation, AccountId account, string id, string secret, CancellationToken cancellation)
    {
        var key = (organisation, account, id);
        var now = time.GetUtcNow();
        var hash = Hash(secret);
        if (_known.Find(key) is { } known && Same(hash, known.Value.SecretHash) && !IsDue(known.Value, now) && known.Value.ExpiresAt > now)
        {
            return new DeviceCheck(null);
        }

        if (await table.FindAsync(organisation, account, id, cancellation) is not { } stored || stored.Value.ExpiresAt <= now)
        {
            return null;
        }

        var device = stored.Value;
        var current = Same(hash, device.SecretHash);
        if (!current && !Same(hash, device.FormerSecretHash))
        {
            await RevokeAsync(organisation, account, id, cancellation);
            return null;
        }

        if (current ? !IsDue(device, now) : now - device.RotatedAt < Overlap)
        {
            _known.Keep(key, stored);
            return new DeviceCheck(null);
        }

        var next = NewSecret();
        var changed = device with { SecretHash = Hash(next), FormerSecretHash = hash, RotatedAt = now, ExpiresAt = now + Lifetime };
        _known.Forget(key);
        // Losing the race means that a call sent at the same time brings the new secret.
        return new DeviceCheck(await table.TryReplaceAsync(organisation, account, stored, changed, cancellation) ? next : null);
    }

    private static bool IsDue(Device device, DateTimeOffset now) => now - device.RotatedAt >= SecretLifetime;

    private static bool Same(byte[] hash, byte[]? other) => other is not null && CryptographicOperations.FixedTimeEquals(hash, other);

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
