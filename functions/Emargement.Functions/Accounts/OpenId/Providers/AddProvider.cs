using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.OpenId.Providers;

/// <param name="Id">Its name in addresses: 2 to 32 of a-z, 0-9 and '-'.</param>
/// <param name="Name">What the button of the sign-in page says.</param>
/// <param name="Issuer">Exactly what its tokens name as <c>iss</c>.</param>
/// <param name="Metadata">Where its description is read: mostly the issuer and <c>/.well-known/openid-configuration</c>.</param>
/// <param name="ClientSecret">Kept sealed and never shown again.</param>
/// <param name="Roles">By the value in its tokens' <c>roles</c>: <c>manager</c> or <c>trainer</c>. No role, no entry.</param>
/// <param name="Tenants">Microsoft's tenants that are let in (<c>tid</c>); people are then known by <c>oid</c>, else by <c>sub</c>.</param>
/// <param name="TwoFactors">Whether the provider always asks for a second factor.</param>
public sealed record AddProviderBody(
    string Id,
    string Name,
    string Issuer,
    string Metadata,
    string ClientId,
    IReadOnlyDictionary<string, AccountKind> Roles,
    string? ClientSecret = null,
    IReadOnlyList<string>? Tenants = null,
    bool TwoFactors = false);

/// <summary>Adds a provider, once its description could be read and names the issuer that it should.</summary>
public sealed class AddProvider(
    OpenIdProvidersTable table, OpenIdProviders known, ProviderSecrets secrets, ProviderDocuments documents)
{
    // Each is a button of the sign-in page.
    private const int Most = 5;

    /// <returns>The provider, or <c>provider-invalid</c>, <c>provider-many-tenants</c>, <c>provider-exists</c>, <c>providers-too-many</c>,
    /// or why its description will not do.</returns>
    public async Task<Result<OpenIdProvider>> RunAsync(
        OrganisationId organisation, AddProviderBody body, CancellationToken cancellation)
    {
        if (ProviderRules.Check(body.Id, body.Name, body.Issuer, body.Metadata, body.ClientId) is { } refusal)
        {
            return refusal;
        }

        var provider = new OpenIdProvider(
            body.Id,
            PlainText.Of(body.Name),
            body.Issuer,
            new Uri(body.Metadata),
            body.ClientId,
            secrets.Seal(body.ClientSecret),
            body.Tenants ?? [],
            body.Roles,
            body.TwoFactors);
        var there = await table.ListAsync(organisation, cancellation);
        var wrong = provider.Check()
            ?? (there.Any(p => p.Value.Id == body.Id) ? Refusal.Conflict("provider-exists") : null)
            ?? (there.Count >= Most ? Refusal.Conflict("providers-too-many") : null)
            ?? (await documents.GetAsync(provider, null, cancellation)).Refusal;
        if (wrong is not null)
        {
            return wrong;
        }

        var added = await table.TryInsertAsync(organisation, provider, cancellation);
        known.Forget(organisation);
        return added ? provider : Refusal.Conflict("provider-exists");
    }
}
