using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Keys;

/// <summary>A new key: the only time that its text is shown.</summary>
/// <param name="ExpiresAt">From when it opens nothing any more.</param>
public sealed record MintedKey(string KeyId, string Key, DateTimeOffset ExpiresAt);

/// <summary>
/// Keys of machines and Régions: made, listed, revoked, and recognised. A key is written <c>em_{o|r}_{owner}_{id}_{secret}</c>.
/// </summary>
public sealed class ApiKeys(ApiKeysTable table, TimeProvider time) : ICallerSource
{
    private const string Bearer = "Bearer ";
    private const int MaxKeys = 50;
    private const int MaxNameLength = 100;

    private readonly ShortMemory<(string Partition, string Id), Stored<ApiKey>> _known = new(time);

    /// <param name="days">For how long it opens; a year unless said.</param>
    /// <returns>The key, or <c>key-name-invalid</c>, <c>rights-invalid</c>, <c>key-days-invalid</c>, <c>too-many-keys</c>.</returns>
    public async Task<Result<MintedKey>> MintAsync(
        KeyOwner owner, string name, IReadOnlyList<string> rights, CancellationToken cancellation, int? days = null)
    {
        if (PlainText.Within(name, MaxNameLength) is not { } plain)
        {
            return Refusal.BadInput("key-name-invalid");
        }

        var known = owner.Organisation is null ? ApiRights.OfRegion : ApiRights.OfOrganisation;
        if (rights.Count == 0 || rights.Except(known).Any())
        {
            return Refusal.BadInput("rights-invalid", ("rights", string.Join(", ", known)));
        }

        if (days is < 1 or > KeyTimes.MostDays)
        {
            return Refusal.BadInput("key-days-invalid", ("days", KeyTimes.MostDays.ToString(CultureInfo.InvariantCulture)));
        }

        return (await table.ListAsync(owner, cancellation)).Count >= MaxKeys
            ? Refusal.Conflict("too-many-keys")
            : await AddAsync(owner, plain, [.. rights.Distinct()], KeyTimes.EndOf(time.GetUtcNow(), days), cancellation);
    }

    /// <summary>
    /// A key that takes the place of another: same name, same rights, same length of life. The other opens for some days more, so that
    /// the system that holds it can be given the new one without a gap.
    /// </summary>
    /// <returns>The new key, or <c>key-unknown</c>, <c>too-many-keys</c>.</returns>
    public async Task<Result<MintedKey>> RotateAsync(KeyOwner owner, string id, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var stored = IsId(id) ? await table.FindAsync(owner, id, cancellation) : null;
        if (stored is null || stored.Value.IsOver(now))
        {
            return Refusal.NotFound("key-unknown");
        }

        if ((await table.ListAsync(owner, cancellation)).Count >= MaxKeys)
        {
            return Refusal.Conflict("too-many-keys");
        }

        // The new one first: whoever is cut off in between has two keys, and never none.
        var key = stored.Value;
        var next = await AddAsync(owner, key.Name, key.Rights, KeyTimes.EndAfter(key.CreatedAt, key.ExpiresAt, now), cancellation);
        while (stored is not null && !await table.TryReplaceAsync(stored, stored.Value.Replaced(now), cancellation))
        {
            // Its use was noted meanwhile.
            stored = await table.FindAsync(owner, id, cancellation);
        }

        _known.Forget((owner.Partition, id));
        return next;
    }

    private async Task<MintedKey> AddAsync(
        KeyOwner owner, string name, IReadOnlyList<string> rights, DateTimeOffset expiresAt, CancellationToken cancellation)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var key = new ApiKey(owner, id, name, rights, Hash(secret), time.GetUtcNow(), null) { ExpiresAt = expiresAt };
        if (!await table.TryInsertAsync(key, cancellation))
        {
            throw new InvalidOperationException("A new API key took the id of another: the random source is broken.");
        }

        var text = owner.Organisation is { } organisation ? $"em_o_{organisation}_{id}_{secret}" : $"em_r_{owner.Region}_{id}_{secret}";
        return new MintedKey(id, text, expiresAt);
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(KeyOwner owner, CancellationToken cancellation) => table.ListAsync(owner, cancellation);

    /// <summary>The key opens nothing any more; other processes of the app learn it within half a minute.</summary>
    public async Task<Result<bool>> RevokeAsync(KeyOwner owner, string id, CancellationToken cancellation)
    {
        var deleted = IsId(id) && await table.TryDeleteAsync(owner, id, cancellation);
        _known.Forget((owner.Partition, id));
        return deleted ? true : Refusal.NotFound("key-unknown");
    }

    public async Task<Caller?> FindAsync(HttpContext http, CancellationToken cancellation)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? await FindCallerAsync(authorization[Bearer.Length..].Trim(), http.IsAfresh(), cancellation) ?? Caller.Nobody
            : null;
    }

    /// <summary>The caller who holds this key, or null.</summary>
    private async Task<Caller?> FindCallerAsync(string text, bool afresh, CancellationToken cancellation)
    {
        if (!TryRead(text, out var owner, out var id, out var secret))
        {
            return null;
        }

        var known = afresh ? null : _known.Find((owner.Partition, id));
        if (known is null)
        {
            known = await table.FindAsync(owner, id, cancellation);
            if (known is null)
            {
                return null;
            }

            _known.Keep((owner.Partition, id), known);
        }

        if (!CryptographicOperations.FixedTimeEquals(Hash(secret), known.Value.SecretHash) || known.Value.IsOver(time.GetUtcNow()))
        {
            return null;
        }

        await NoteUseAsync(known, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), cancellation);
        var kind = owner.Organisation is null ? Callers.RegionKey : Callers.Machine;
        return new Caller(kind, owner.Organisation, null, $"{(kind == Callers.Machine ? "machine" : "region")}:{id}")
        {
            Region = owner.Region,
            Rights = known.Value.Rights.ToHashSet(),
        };
    }

    // Best effort: losing a race means that another call noted the day. Either way the row is read again at the next call.
    private async Task NoteUseAsync(Stored<ApiKey> stored, DateOnly today, CancellationToken cancellation)
    {
        if (stored.Value.LastUsedOn != today)
        {
            await table.TryReplaceAsync(stored, stored.Value with { LastUsedOn = today }, cancellation);
            _known.Forget((stored.Value.Owner.Partition, stored.Value.Id));
        }
    }

    private static bool TryRead(string text, out KeyOwner owner, out string id, out string secret)
    {
        (owner, id, secret) = (new KeyOwner(null, null), string.Empty, string.Empty);
        if (text.Length > 200 || text.Split('_') is not ["em", var kind, var name, [_, ..] keyId, [_, ..] rest]
            || !IsId(keyId))
        {
            return false;
        }

        (id, secret) = (keyId, rest);
        switch (kind)
        {
            case "o" when OrganisationId.TryParse(name, out var organisation):
                owner = new KeyOwner(organisation, null);
                return true;
            case "r" when RegionCode.TryParse(name, out _):
                owner = new KeyOwner(null, name);
                return true;
            default:
                return false;
        }
    }

    // Anything else may hold what no key of a table may.
    private static bool IsId(string text) => text.Length > 0 && text.All(char.IsAsciiHexDigitLower);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
