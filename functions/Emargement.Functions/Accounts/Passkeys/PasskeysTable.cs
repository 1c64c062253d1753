using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.Passkeys;

/// <summary>A key that somebody unlocks on a device of theirs, by a finger, a face or a code, to sign in.</summary>
/// <param name="Id">SHA-256 of what the device calls it, hexadecimal.</param>
/// <param name="CredentialId">What the device calls it.</param>
/// <param name="PublicKey">In COSE form.</param>
/// <param name="Counter">How often it has signed, as it said the last time; 0 for keys that do not count.</param>
/// <param name="BackupEligible">Whether it may be copied to other devices of its owner.</param>
/// <param name="Nickname">What its owner calls it.</param>
public sealed record Passkey(
    string Id,
    byte[] CredentialId,
    byte[] PublicKey,
    uint Counter,
    bool BackupEligible,
    bool BackedUp,
    string Transports,
    Guid Model,
    string Nickname,
    DateTimeOffset CreatedAt,
    DateTimeOffset? UsedAt)
{
    public static string IdOf(byte[] credential) => Convert.ToHexStringLower(SHA256.HashData(credential));
}

/// <summary>Table <c>Passkeys</c>: PK org, RK <c>{account}|{id}</c>, so that those of an account are one range.</summary>
public sealed class PasskeysTable(AppStorage storage)
{
    private const string Name = "Passkeys";

    public async Task<IReadOnlyList<Passkey>> ListAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var found = new List<Passkey>();
        await foreach (var row in table.StartingWith(organisation.Value, account.Key + "|", cancellation))
        {
            found.Add(FromEntity(row).Value);
        }

        return found;
    }

    public async Task<Stored<Passkey>?> FindAsync(
        OrganisationId organisation, AccountId account, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, Row(account, id), cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <returns>False when the account has it already.</returns>
    public async Task<bool> TryInsertAsync(
        OrganisationId organisation, AccountId account, Passkey passkey, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation, account, passkey), cancellation);
    }

    /// <returns>False when it was used or removed meanwhile.</returns>
    public async Task<bool> TryReplaceAsync(
        OrganisationId organisation, AccountId account, Stored<Passkey> read, Passkey changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(organisation, account, changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    /// <returns>False when there was none.</returns>
    public async Task<bool> TryDeleteAsync(OrganisationId organisation, AccountId account, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryDeleteAsync(organisation.Value, Row(account, id), ETag.All, cancellation);
    }

    private static string Row(AccountId account, string id) => $"{account.Key}|{id}";

    private static TableEntity ToEntity(OrganisationId organisation, AccountId account, Passkey passkey)
    {
        var entity = new TableEntity(organisation.Value, Row(account, passkey.Id))
        {
            ["CredentialId"] = passkey.CredentialId,
            ["PublicKey"] = passkey.PublicKey,
            ["Counter"] = (long)passkey.Counter,
            ["BackupEligible"] = passkey.BackupEligible,
            ["BackedUp"] = passkey.BackedUp,
            ["Transports"] = passkey.Transports,
            ["Model"] = passkey.Model,
            ["Nickname"] = passkey.Nickname,
            ["CreatedAt"] = passkey.CreatedAt,
        };
        entity.SetIfAny("UsedAt", passkey.UsedAt);
        return entity;
    }

    private static Stored<Passkey> FromEntity(TableEntity row) => new(
        new Passkey(
            row.RowKey.Split('|')[1],
            row.GetBinary("CredentialId"),
            row.GetBinary("PublicKey"),
            (uint)row.GetInt64("Counter")!.Value,
            row.GetBoolean("BackupEligible")!.Value,
            row.GetBoolean("BackedUp")!.Value,
            row.GetString("Transports"),
            row.GetGuid("Model")!.Value,
            row.GetString("Nickname"),
            row.GetDateTimeOffset("CreatedAt")!.Value,
            row.GetDateTimeOffset("UsedAt")),
        row.ETag);
}
