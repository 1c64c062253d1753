using Emargement.Domain.People;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Web.Accounts;

namespace Emargement.Functions.Pages.Accounts.Entry;

/// <summary>Makes what the page shows on which people sign in.</summary>
public sealed class ShowSignIn(OpenIdProviders providers)
{
    /// <param name="back">Where the reader goes on to, or null.</param>
    public async Task<SignInModel> RunAsync(Organisation organisation, string? back, CancellationToken cancellation) =>
        new(organisation.Id.Value, organisation.Name, back, back?.StartsWith("/s/", StringComparison.Ordinal) == true)
        {
            Providers = await providers.ButtonsAsync(organisation.Id, cancellation),
        };
}
