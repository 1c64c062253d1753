using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Accounts.Factors;

/// <summary>The second step of an account: an authenticator app, and what replaces it when it is lost.</summary>
/// <param name="Secret">Of the app (RFC 6238); null when the keys that sealed it are gone: recovery codes still work.</param>
/// <param name="LastStep">The latest time step whose code was taken: it and those before open nothing any more.</param>
/// <param name="Codes">Recovery codes that were not used, as <see cref="SpareCodes"/> keeps them.</param>
public sealed record Factor(byte[]? Secret, long LastStep, IReadOnlyList<string> Codes, DateTimeOffset SetAt);

/// <summary>Table <c>Factors</c>: PK org, RK account id; the secret sealed by the key ring for this account alone.</summary>
public sealed partial class FactorsTable(AppStorage storage, IDataProtectionProvider protection, ILogger<FactorsTable> logger)
{
    private const string Name = "Factors";

    public async Task<Stored<Factor>?> FindAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, account.Key, cancellation);
        return row is null ? null : new Stored<Factor>(FromEntity(organisation, account, row), row.ETag);
    }

    /// <returns>False when the account has a second step already.</returns>
    public async Task<bool> TryInsertAsync(
        OrganisationId organisation, AccountId account, Factor factor, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = Use(organisation, account, factor);
        entity["Secret"] = Sealed(organisation, account).Protect(factor.Secret!);
        entity["SetAt"] = factor.SetAt;
        return await table.TryInsertAsync(entity, cancellation);
    }

    /// <summary>Notes which codes were used, or replaced. The secret stays as it is stored.</summary>
    /// <returns>False when it was changed meanwhile.</returns>
    public async Task<bool> TryWriteUseAsync(
        OrganisationId organisation, AccountId account, Stored<Factor> read, Factor changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = Use(organisation, account, changed);
        entity.ETag = read.ETag;
        return await table.TryMergeAsync(entity, cancellation);
    }

    /// <returns>False when there was none.</returns>
    public async Task<bool> TryDeleteAsync(OrganisationId organisation, AccountId account, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryDeleteAsync(organisation.Value, account.Key, ETag.All, cancellation);
    }

    private static TableEntity Use(OrganisationId organisation, AccountId account, Factor factor) => new(organisation.Value, account.Key)
    {
        ["LastStep"] = factor.LastStep,
        ["Codes"] = string.Join(' ', factor.Codes),
    };

    private Factor FromEntity(OrganisationId organisation, AccountId account, TableEntity row) => new(
        Unsealed(organisation, account, row.GetBinary("Secret")),
        row.GetInt64("LastStep")!.Value,
        row.GetString("Codes").Split(' ', StringSplitOptions.RemoveEmptyEntries),
        row.GetDateTimeOffset("SetAt")!.Value);

    // For one account: a secret moved to another row opens nothing there.
    private IDataProtector Sealed(OrganisationId organisation, AccountId account) =>
        protection.CreateProtector("Emargement.Access.Authenticator.v1", organisation.Value, account.Key);

    private byte[]? Unsealed(OrganisationId organisation, AccountId account, byte[] stored)
    {
        try
        {
            return Sealed(organisation, account).Unprotect(stored);
        }
        catch (CryptographicException unreadable) when (!OutOfReach.Is(unreadable))
        {
            LogUnreadable(logger, organisation.Value);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A second step of {Organisation} was sealed by keys that are gone")]
    private static partial void LogUnreadable(ILogger logger, string organisation);
}
