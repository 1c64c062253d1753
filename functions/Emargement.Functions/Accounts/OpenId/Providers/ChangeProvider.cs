using Azure;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Accounts.OpenId.Providers;

/// <summary>What changes of a provider; what is left out stays. Whose tokens are taken never changes: that is another provider.</summary>
public sealed record ProviderPatch(
    string? Name = null,
    string? ClientSecret = null,
    IReadOnlyList<string>? Tenants = null,
    IReadOnlyDictionary<string, AccountKind>? Roles = null,
    bool? TwoFactors = null);

/// <summary>Changes a provider: its name, its secret, who is let in by it and as what.</summary>
public sealed class ChangeProvider(OpenIdProvidersTable table, OpenIdProviders known, ProviderSecrets secrets)
{
    /// <param name="read">The version that the change is made to.</param>
    /// <returns>The provider, or <c>provider-unknown</c>, <c>provider-invalid</c> or <c>changed-meanwhile</c>.</returns>
    public async Task<Result<Stored<OpenIdProvider>>> RunAsync(
        OrganisationId organisation, string id, ProviderPatch patch, ETag read, CancellationToken cancellation)
    {
        if (await table.FindAsync(organisation, id, cancellation) is not { Value: { } provider })
        {
            return Refusal.NotFound("provider-unknown");
        }

        var changed = provider with
        {
            Name = patch.Name is null ? provider.Name : PlainText.Of(patch.Name),
            SealedSecret = secrets.Seal(patch.ClientSecret) ?? provider.SealedSecret,
            Tenants = patch.Tenants ?? provider.Tenants,
            Roles = patch.Roles ?? provider.Roles,
            TwoFactors = patch.TwoFactors ?? provider.TwoFactors,
        };

        // With tenants people are known by another claim than without.
        if ((changed.Check() ?? TenantsRefused(provider, changed)) is { } refusal)
        {
            return refusal;
        }

        var written = await table.TryReplaceAsync(organisation, new Stored<OpenIdProvider>(provider, read), changed, cancellation);
        known.Forget(organisation);
        return written && await table.FindAsync(organisation, id, cancellation) is { } stored
            ? stored
            : Refusal.Of("changed-meanwhile", RefusalKind.PreconditionFailed);
    }

    private static Refusal? TenantsRefused(OpenIdProvider before, OpenIdProvider after) =>
        before.Tenants.Count > 0 == after.Tenants.Count > 0 ? null : ProviderRules.Invalid("tenants");
}
