using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Web.Accounts;

namespace Emargement.Functions.Pages.Accounts.Entry;

internal static class SignInButtons
{
    /// <summary>What a page offers beside a password.</summary>
    public static async Task<IReadOnlyList<ProviderButton>> ButtonsAsync(
        this OpenIdProviders providers, OrganisationId organisation, CancellationToken cancellation) =>
        [.. (await providers.ListAsync(organisation, cancellation)).Select(p => new ProviderButton(p.Id, p.Name))];
}
