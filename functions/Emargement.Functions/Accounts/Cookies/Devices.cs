using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Cookies;

/// <summary>A device that may go on.</summary>
/// <param name="Use">For what it is signed in.</param>
/// <param name="NewSecret">What its cookie must carry from now on, when that changed.</param>
/// <param name="ByOneFactor">Whether one factor was enough when it signed in.</param>
public sealed record DeviceCheck(DeviceUse Use, string? NewSecret, bool ByOneFactor);

/// <summary>
/// Devices that are signed in. Each is a row: without it its cookie opens nothing, here at once and in every other process within the
/// 30 seconds for which a row is remembered. A phone that stays signed in has a secret that changes every day, so that a copied
/// cookie is found out.
/// </summary>
public sealed class Devices(DevicesTable table, TimeProvider time)
{
    // Calls that a page sent together may still carry the secret from before.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly ShortMemory<(OrganisationId Organisation, AccountId Account, string Id), Stored<Device>> _known = new(time);

    /// <summary>Signs a device in, and clears away those of the account that ended by themselves.</summary>
    /// <param name="by">The call that signs in: it says from where, and by what browser.</param>
    /// <param name="byOneFactor">Whether one factor was enough.</param>
    public async Task<(string Id, string Secret)> AddAsync(
        OrganisationId organisation,
        AccountId account,
        DeviceUse use,
        HttpRequest by,
        CancellationToken cancellation,
        bool byOneFactor = false)
    {
        var now = time.GetUtcNow();
        foreach (var old in (await table.ListAsync(organisation, account, cancellation)).Where(d => IsOver(account, d, now)))
        {
            await table.TryDeleteAsync(organisation, account, old.Id, cancellation);
        }

        var secret = NewSecret();
        var device = new Device(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), use, Hash(secret), null, now, now, SignInTimes.EndOf(use, now))
        {
            Network = ClientNetwork.Of(by),
            Browser = BrowserName.Of(by.Headers.UserAgent.ToString()),
            ByOneFactor = byOneFactor,
        };
        if (!await table.TryInsertAsync(organisation, account, device, cancellation))
        {
            throw new InvalidOperationException("A new device took the id of another: the random source is broken.");
        }

        return (device.Id, secret);
    }

    /// <summary>Devices of an account that are signed in now.</summary>
    public async Task<IReadOnlyList<Device>> ListAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return [.. (await table.ListAsync(organisation, account, cancellation)).Where(d => !IsOver(account, d, now))];
    }

    public async Task<bool> RevokeAsync(OrganisationId organisation, AccountId account, string id, CancellationToken cancellation)
    {
        var revoked = await table.TryDeleteAsync(organisation, account, id, cancellation);
        _known.Forget((organisation, account, id));
        return revoked;
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
    /// <param name="afresh">Whether its row is read, even where it is remembered.</param>
    /// <returns>Null when it is not.</returns>
    public async Task<DeviceCheck?> CheckAsync(
        OrganisationId organisation, AccountId account, string id, string secret, bool afresh, CancellationToken cancellation)
    {
        var key = (organisation, account, id);
        var now = time.GetUtcNow();
        var hash = Hash(secret);
        if (!afresh && _known.Find(key) is { Value: var known }
            && Same(hash, known.SecretHash) && !IsNoteDue(account, known, now) && !IsOver(account, known, now))
        {
            return new DeviceCheck(known.Use, null, known.ByOneFactor);
        }

        if (await table.FindAsync(organisation, account, id, cancellation) is not { } stored || IsOver(account, stored.Value, now))
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

        if (current ? !IsNoteDue(account, device, now) : now - device.SeenAt < Overlap)
        {
            _known.Keep(key, stored);
            return new DeviceCheck(device.Use, null, device.ByOneFactor);
        }

        return new DeviceCheck(
            device.Use, await NoteAsync(organisation, account, stored, hash, now, cancellation), device.ByOneFactor);
    }

    /// <returns>The next secret of the device, or null when it keeps the one it has.</returns>
    private async Task<string?> NoteAsync(
        OrganisationId organisation,
        AccountId account,
        Stored<Device> stored,
        byte[] shown,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var device = stored.Value;
        var next = device.Use == DeviceUse.Remembered ? NewSecret() : null;
        var noted = next is null
            ? device with { SeenAt = now }
            : device with
            {
                SecretHash = Hash(next),
                FormerSecretHash = shown,
                SeenAt = now,
                ExpiresAt = SignInTimes.EndOf(device.Use, now),
            };
        _known.Forget((organisation, account, device.Id));
        // Losing the race means that a call sent at the same time noted it, and brings the new secret.
        return await table.TryReplaceAsync(organisation, account, stored, noted, cancellation) ? next : null;
    }

    private static bool IsOver(AccountId account, Device device, DateTimeOffset now) =>
        SignInTimes.IsOver(device.Use, account.Kind, device.SeenAt, device.ExpiresAt, now);

    private static bool IsNoteDue(AccountId account, Device device, DateTimeOffset now) =>
        SignInTimes.IsNoteDue(device.Use, account.Kind, device.SeenAt, now);

    private static bool Same(byte[] hash, byte[]? other) => other is not null && CryptographicOperations.FixedTimeEquals(hash, other);

    private static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
