using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.OpenId;

/// <summary>A person as one provider knows them: two providers that say the same of somebody speak of two people (ASVS 5.0,
/// 6.8.1).</summary>
/// <param name="Provider">Id of the provider.</param>
/// <param name="Hash">SHA-256 of issuer and person, hexadecimal: another issuer under the same id is somebody else's.</param>
public sealed record ProviderPerson(string Provider, string Hash)
{
    /// <summary>Reads back what <see cref="ToString"/> writes.</summary>
    public static ProviderPerson? Parse(string? text) =>
        text?.Split('|') is [var provider, var hash] ? new ProviderPerson(provider, hash) : null;

    public static ProviderPerson Of(OpenIdProvider provider, IdTokenClaims claims)
    {
        var person = Encoding.UTF8.GetBytes($"{provider.Issuer}|{claims.Person(provider.Tenants)}");
        return new(provider.Id, Convert.ToHexStringLower(SHA256.HashData(person)));
    }

    public override string ToString() => $"{Provider}|{Hash}";
}

/// <summary>An account that a person of a provider opens.</summary>
public sealed record Identity(ProviderPerson Person, AccountId Account);

/// <summary>Table <c>Identities</c>: PK org, RK <c>{provider}|{person}|{kind}</c>: as manager and as trainer one person has two
/// accounts.</summary>
public sealed class IdentitiesTable(AppStorage storage, TimeProvider time)
{
    private const string Name = "Identities";

    /// <summary>The accounts that a person opens.</summary>
    public Task<List<Identity>> FindAsync(OrganisationId organisation, ProviderPerson person, CancellationToken cancellation) =>
        RangeAsync(organisation, $"{person}|", cancellation);

    /// <summary>Everybody who comes in by a provider.</summary>
    public Task<List<Identity>> ListAsync(OrganisationId organisation, string provider, CancellationToken cancellation) =>
        RangeAsync(organisation, $"{provider}|", cancellation);

    /// <returns>False when the person opens another account of that kind already.</returns>
    public async Task<bool> TryBindAsync(OrganisationId organisation, Identity identity, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = new TableEntity(organisation.Value, Row(identity))
        {
            ["Account"] = identity.Account.Key,
            ["BoundAt"] = time.GetUtcNow(),
        };
        return await table.TryInsertAsync(entity, cancellation)
            || (await FindAsync(organisation, identity.Person, cancellation)).Contains(identity);
    }

    public async Task DeleteAsync(OrganisationId organisation, Identity identity, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryDeleteAsync(organisation.Value, Row(identity), ETag.All, cancellation);
    }

    private async Task<List<Identity>> RangeAsync(OrganisationId organisation, string prefix, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(organisation.Value, prefix, cancellation).Select(FromEntity).ToListAsync(cancellation);
    }

    private static string Row(Identity identity) =>
        $"{identity.Person}|{AccountId.Word(identity.Account.Kind)}";

    private static Identity FromEntity(TableEntity row) =>
        row.RowKey.Split('|') is [var provider, var hash, _] && AccountId.TryParseKey(row.GetString("Account"), out var account)
            ? new Identity(new ProviderPerson(provider, hash), account)
            : throw new FormatException($"A row of {Name} names no account.");
}
