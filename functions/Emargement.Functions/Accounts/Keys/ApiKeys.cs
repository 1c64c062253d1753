using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Keys;

/// <summary>A new key: the only time that its text is shown.</summary>
public sealed record MintedKey(string KeyId, string Key);

/// <summary>
/// Keys of machines and Régions: made, listed, revoked, and recognised. A key is written <c>em_{o|r}_{owner}_{id}_{secret}</c>.
/// </summary>
public sealed class ApiKeys(ApiKeysTable table, TimeProvider time) : ICallerSource
{
    private const string Bearer = "Bearer ";
    private const int MaxKeys = 50;
    private const int MaxNameLength = 100;

    private readonly ShortMemory<(string Partition, string Id), Stored<ApiKey>> _known = new(time);

    /// <returns>The key, or <c>key-name-invalid</c>, <c>rights-invalid</c>, <c>too-many-keys</c>.</returns>
    public async Task<Result<MintedKey>> MintAsync(
        KeyOwner owner, string name, IReadOnlyList<string> rights, CancellationToken cancellation)
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

        if ((await table.ListAsync(owner, cancellation)).Count >= MaxKeys)
        {
            return Refusal.Conflict("too-many-keys");
        }

        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var key = new ApiKey(owner, id, plain, [.. rights.Distinct()], Hash(secret), time.GetUtcNow(), null);
        if (!await table.TryInsertAsync(key, cancellation))
        {
            throw new InvalidOperationException("A new API key took the id of another: the random source is broken.");
        }

        return new MintedKey(
            id, owner.Organisation is { } organisation ? $"em_o_{organisation}_{id}_{secret}" : $"em_r_{owner.Region}_{id}_{secret}");
    }

    public Task<IReadOnlyList<ApiKey>> ListAsync(KeyOwner owner, CancellationToken cancellation) => table.ListAsync(owner, cancellation);

    /// <summary>The key opens nothing any more; other processes of the app learn it within half a minute.</summary>
    public async Task<Result<bool>> RevokeAsync(KeyOwner owner, string id, CancellationToken cancellation)
    {
        // Anything else is no id, and may hold what no key of a table may.
        var deleted = id.All(char.IsAsciiHexDigitLower) && await table.TryDeleteAsync(owner, id, cancellation);
        _known.Forget((owner.Partition, id));
        return deleted ? true : Refusal.NotFound("key-unknown");
    }

    public async Task<Caller?> FindAsync(HttpContext http, CancellationToken cancellation)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            ? await FindCallerAsync(authorization[Bearer.Length..].Trim(), cancellation) ?? Caller.Nobody
            : null;
    }

    /// <summary>The caller who holds this key, or null.</summary>
    private async Task<Caller?> FindCallerAsync(string text, CancellationToken cancellation)
    {
        if (!TryRead(text, out var owner, out var id, out var secret))
        {
            return null;
        }

        var known = _known.Find((owner.Partition, id));
        if (known is null)
        {
            known = await table.FindAsync(owner, id, cancellation);
            if (known is null)
            {
                return null;
            }

            _known.Keep((owner.Partition, id), known);
        }

        if (!CryptographicOperations.FixedTimeEquals(Hash(secret), known.Value.SecretHash))
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
            || !keyId.All(char.IsAsciiHexDigitLower))
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

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
