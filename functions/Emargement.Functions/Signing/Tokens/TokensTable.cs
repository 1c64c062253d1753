using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>A learner's means of signing by one-time codes. Secrets are shown once, when made.</summary>
/// <param name="Secret">Of the token (RFC 6238); null when there is none.</param>
/// <param name="CardSecret">Of the printed card (RFC 4226); null when there is none.</param>
public sealed record PersonalToken(Reference Learner, byte[]? Secret, byte[]? CardSecret, TokenMemory Memory, TokenTries Tries);

/// <summary>
/// Table <c>Tokens</c>: PK <c>{org}</c>, RK the learner's key; secrets encrypted by the system's keys, what was used beside them.
/// </summary>
public sealed partial class TokensTable(
    AppStorage storage, IDataProtectionProvider protection, TimeProvider time, ILogger<TokensTable> logger)
{
    private const string Name = "Tokens";

    private readonly IDataProtector _protector = protection.CreateProtector("token-secret", "1");
    private readonly ShortMemory<(OrganisationId, Reference), PersonalToken> _known = new(time);

    /// <summary>The learner's token; an empty one when there is none.</summary>
    public async Task<Stored<PersonalToken>> FindAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, learner.Key, cancellation);
        return row is null
            ? new Stored<PersonalToken>(new PersonalToken(learner, null, null, TokenMemory.Fresh, TokenTries.None), default)
            : new Stored<PersonalToken>(FromEntity(learner, row), row.ETag);
    }

    /// <summary>Tokens of so many learners as they were up to half a minute ago: point reads side by side, none when they are in
    /// memory. A code that is found by them is taken from the row itself.</summary>
    public async Task<IReadOnlyList<PersonalToken>> LatelyAsync(
        OrganisationId organisation, IEnumerable<Reference> learners, CancellationToken cancellation)
    {
        var found = new List<PersonalToken>();
        foreach (var some in learners.Chunk(20))
        {
            var tokens = await Task.WhenAll(some.Select(learner => _known.ReadAsync(
                (organisation, learner), async token => (await FindAsync(organisation, learner, token)).Value, cancellation)));
            found.AddRange(tokens.Select(token => token!));
        }

        return found;
    }

    /// <summary>Gives the learner other secrets.</summary>
    /// <returns>False when it was changed meanwhile.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, Stored<PersonalToken> read, PersonalToken changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = Use(organisation, changed);
        entity.SetIfAny("Secret", Protect(changed.Secret));
        entity.SetIfAny("CardSecret", Protect(changed.CardSecret));
        return Remember(organisation, changed, await table.TryWriteAsync(entity, read.ETag, cancellation));
    }

    /// <summary>Forgets a learner's token and what was used of it.</summary>
    public async Task DeleteAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(organisation.Value, learner.Key, ETag.All, cancellation);
    }

    /// <summary>Notes what was used and tried. Secrets stay as they are stored, those that this process cannot read too.</summary>
    /// <returns>False when it was changed meanwhile.</returns>
    public async Task<bool> TryWriteUseAsync(
        OrganisationId organisation, Stored<PersonalToken> read, PersonalToken changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = Use(organisation, changed);
        entity.ETag = read.ETag;
        var written = read.ETag == default
            ? await table.TryInsertAsync(entity, cancellation)
            : await table.TryMergeAsync(entity, cancellation);
        return Remember(organisation, changed, written);
    }

    private bool Remember(OrganisationId organisation, PersonalToken token, bool written)
    {
        if (written)
        {
            _known.Keep((organisation, token.Learner), token);
        }

        return written;
    }

    private static TableEntity Use(OrganisationId organisation, PersonalToken token) =>
        new(organisation.Value, token.Learner.Key)
        {
            ["LastStep"] = token.Memory.LastStep,
            ["CardUsed"] = token.Memory.CardUsed,
            ["Drift"] = token.Memory.Drift,
            ["Seen"] = token.Memory.Seen,
            ["SeenDrift"] = token.Memory.SeenDrift,
            ["Tries"] = token.Tries.Text,
        };

    private PersonalToken FromEntity(Reference learner, TableEntity row) => new(
        learner,
        Unprotect(row.GetBinary("Secret")),
        Unprotect(row.GetBinary("CardSecret")),
        new TokenMemory(
            row.GetInt64("LastStep")!.Value,
            row.GetInt64("CardUsed")!.Value,
            row.GetInt32("Drift") ?? 0,
            row.GetInt64("Seen") ?? 0,
            row.GetInt32("SeenDrift") ?? 0),
        TokenTries.Parse(row.GetString("Tries")));

    private byte[]? Protect(byte[]? secret) => secret is null ? null : _protector.Protect(secret);

    // Without the ring that encrypted it, a secret is as good as lost: the learner has no token, and can be given another.
    private byte[]? Unprotect(byte[]? stored)
    {
        try
        {
            return stored is null ? null : _protector.Unprotect(stored);
        }
        catch (CryptographicException unreadable) when (!OutOfReach.Is(unreadable))
        {
            LogUnreadable();
            return null;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A token's secret was encrypted by keys that are not in the key ring: "
            + "it opens nothing until the learner is given another")]
    private partial void LogUnreadable();
}
