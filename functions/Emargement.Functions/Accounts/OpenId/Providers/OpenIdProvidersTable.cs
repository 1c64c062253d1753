using System.Text.Json;
using Azure.Data.Tables;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.OpenId.Providers;

/// <summary>Table <c>OpenIdProviders</c>: PK org, RK the provider's id.</summary>
public sealed class OpenIdProvidersTable(AppStorage storage)
{
    private const string Name = "OpenIdProviders";

    public async Task<Stored<OpenIdProvider>?> FindAsync(OrganisationId organisation, string id, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(organisation.Value, id, cancellation);
        return row is null ? null : FromEntity(row);
    }

    /// <summary>Those of an organisation, in order of id.</summary>
    public async Task<List<Stored<OpenIdProvider>>> ListAsync(OrganisationId organisation, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.StartingWith(organisation.Value, string.Empty, cancellation).Select(FromEntity).ToListAsync(cancellation);
    }

    /// <returns>False when there is one of that id.</returns>
    public async Task<bool> TryInsertAsync(OrganisationId organisation, OpenIdProvider provider, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryInsertAsync(ToEntity(organisation, provider), cancellation);
    }

    public async Task<bool> TryReplaceAsync(
        OrganisationId organisation, Stored<OpenIdProvider> read, OpenIdProvider changed, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var entity = ToEntity(organisation, changed);
        entity.ETag = read.ETag;
        return await table.TryReplaceAsync(entity, cancellation);
    }

    public async Task<bool> TryDeleteAsync(OrganisationId organisation, Stored<OpenIdProvider> read, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TryDeleteAsync(organisation.Value, read.Value.Id, read.ETag, cancellation);
    }

    private static TableEntity ToEntity(OrganisationId organisation, OpenIdProvider provider)
    {
        var entity = new TableEntity(organisation.Value, provider.Id)
        {
            ["Name"] = provider.Name,
            ["Issuer"] = provider.Issuer,
            ["Metadata"] = provider.Metadata.OriginalString,
            ["ClientId"] = provider.ClientId,
            ["Tenants"] = JsonSerializer.Serialize(provider.Tenants),
            ["Roles"] = JsonSerializer.Serialize(provider.Roles, ApiJson.Options),
            ["TwoFactors"] = provider.TwoFactors,
        };
        entity.SetIfAny("Secret", provider.SealedSecret);
        return entity;
    }

    private static Stored<OpenIdProvider> FromEntity(TableEntity row) => new(
        new OpenIdProvider(
            row.RowKey,
            row.GetString("Name"),
            row.GetString("Issuer"),
            new Uri(row.GetString("Metadata")),
            row.GetString("ClientId"),
            row.GetString("Secret"),
            JsonSerializer.Deserialize<List<string>>(row.GetString("Tenants"))!,
            JsonSerializer.Deserialize<Dictionary<string, AccountKind>>(row.GetString("Roles"), ApiJson.Options)!,
            row.GetBoolean("TwoFactors")!.Value),
        row.ETag);
}
