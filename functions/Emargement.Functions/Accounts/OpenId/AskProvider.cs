using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.WebUtilities;

namespace Emargement.Functions.Accounts.OpenId;

/// <summary>Where a browser goes to sign in, and what it keeps meanwhile.</summary>
/// <param name="Provider">The provider's name, for people.</param>
public sealed record ProviderAsked(string Provider, Uri Address, OpenIdAsked Asked);

/// <summary>Starts a sign-in by a provider: code flow with PKCE (RFC 7636), a state that is good once, a nonce.</summary>
public sealed class AskProvider(OpenIdProviders providers, ProviderDocuments documents, ILinks links, TimeProvider time)
{
    // Without the profile scope Microsoft leaves out the oid.
    private const string Scope = "openid profile";
    private const string ProviderField = "provider";

    /// <param name="back">Where to go afterwards: a path of this site, or null.</param>
    /// <param name="invitation">The secret of the link that is answered, if one is.</param>
    /// <param name="redirect">Where the provider sends the browser back to.</param>
    /// <returns>Where to go, or <c>provider-unknown</c>, or why the provider's description could not be read.</returns>
    public async Task<Result<ProviderAsked>> RunAsync(
        OrganisationId organisation, string id, string? back, string? invitation, string redirect, CancellationToken cancellation)
    {
        var provider = await providers.GetAsync(organisation, id, cancellation);
        var document = await provider.ThenAsync(p => documents.GetAsync(p, null, cancellation));
        if (!document.IsOk)
        {
            return document.Refusal;
        }

        var bound = new Dictionary<string, string> { [ProviderField] = id };
        var state = await links.MintAsync(
            LinkPurpose.OpenId, organisation, bound, time.GetUtcNow() + OpenIdCookie.Lifetime, cancellation);
        var asked = new OpenIdAsked(organisation.Value, id, state, Random(), Random(), back, invitation);
        var address = QueryHelpers.AddQueryString(document.Value.Description.AuthorizationEndpoint, new Dictionary<string, string?>
        {
            ["client_id"] = provider.Value!.ClientId,
            ["response_type"] = "code",
            ["response_mode"] = "query",
            ["redirect_uri"] = redirect,
            ["scope"] = Scope,
            ["state"] = state,
            ["nonce"] = asked.Nonce,
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(asked.Verifier))),
            ["code_challenge_method"] = "S256",
        });
        return new ProviderAsked(provider.Value.Name, new Uri(address), asked);
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
