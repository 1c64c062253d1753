using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Web.Accounts.Office;

namespace Emargement.Functions.Pages.Accounts.Providers;

/// <summary>Makes what the page of the providers shows.</summary>
public sealed class ShowProviders(OpenIdProvidersTable table)
{
    /// <param name="callback">The address to be told to a provider.</param>
    public async Task<Result<ProvidersModel>> RunAsync(Organisation organisation, string callback, CancellationToken cancellation)
    {
        var providers = await table.ListAsync(organisation.Id, cancellation);
        return new ProvidersModel(organisation.Id, callback, [.. providers.Select(p => Row(p.Value))]);
    }

    private static ProviderRow Row(OpenIdProvider provider) => new(
        provider.Id,
        provider.Name,
        provider.Issuer,
        [.. provider.Roles.Select(r => (r.Key, AccountId.Word(r.Value)))],
        provider.SealedSecret is not null,
        provider.TwoFactors);
}
