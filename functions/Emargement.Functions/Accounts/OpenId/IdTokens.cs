using System.Text;
using System.Text.Json;
using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.OpenId.Providers;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Emargement.Functions.Accounts.OpenId;

/// <summary>
/// Reads what a provider says of somebody. Which algorithms, whose keys, for whom and when is decided here, never by the token (OWASP
/// ASVS 5.0, 9.1.2 and 9.2.3).
/// </summary>
public sealed class IdTokens(ProviderDocuments documents, TimeProvider time)
{
    private const int LongestToken = 64 * 1024;

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    // Signatures with a private key: nothing unsigned, and nothing that whoever knows the public key can make.
    private static readonly string[] Algorithms =
        [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = LongestToken, MapInboundClaims = false };

    /// <param name="nonce">That the request carried.</param>
    /// <returns>The claims, or <c>oidc-token-refused</c> with <c>why</c>, or why the provider's keys could not be read.</returns>
    public async Task<Result<IdTokenClaims>> ReadAsync(
        OpenIdProvider provider, string token, string nonce, CancellationToken cancellation)
    {
        if (!_handler.CanReadToken(token) || Unverified(token) is not { Kid: { Length: > 0 } kid } unverified)
        {
            return IdTokenClaims.Refused("jwt");
        }

        // Before keys are asked for: a token that can never be right makes us call nobody.
        if (!Algorithms.Contains(unverified.Alg, StringComparer.Ordinal))
        {
            return IdTokenClaims.Refused("alg");
        }

        var document = await documents.GetAsync(provider, kid, cancellation);
        if (!document.IsOk)
        {
            return document.Refusal;
        }

        var verified = await _handler.ValidateTokenAsync(token, Parameters(provider, document.Value));
        if (!verified.IsValid)
        {
            return IdTokenClaims.Refused(WhyNot(verified.Exception));
        }

        var claims = ClaimsOf((JsonWebToken)verified.SecurityToken);
        return claims.Check(provider.ClientId, nonce, provider.Tenants) is { } refusal ? refusal : claims;
    }

    private TokenValidationParameters Parameters(OpenIdProvider provider, ProviderDocument document) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = provider.ClientId,
        ValidAlgorithms = Algorithms,
        IssuerSigningKeys = document.Keys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        ValidateLifetime = true,
        LifetimeValidator = (begins, ends, _, _) => IsNow(begins, ends),
        ClockSkew = Skew,
    };

    private bool IsNow(DateTime? begins, DateTime? ends)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return ends is { } end && now < end + Skew && (begins is null || begins - Skew <= now);
    }

    private static string WhyNot(Exception? fault) => fault switch
    {
        SecurityTokenInvalidIssuerException => "iss",
        SecurityTokenInvalidAudienceException => "aud",
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNoExpirationException => "time",
        SecurityTokenSignatureKeyNotFoundException => "kid",
        _ => "signature",
    };

    private JsonWebToken? Unverified(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token);
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or SecurityTokenException)
        {
            return null;
        }
    }

    private static IdTokenClaims ClaimsOf(JsonWebToken token)
    {
        using var payload = JsonDocument.Parse(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(token.EncodedPayload)));
        var root = payload.RootElement;
        return new IdTokenClaims(
            TextOf(root, "sub"),
            TextOf(root, "tid"),
            TextOf(root, "oid"),
            TextOf(root, "nonce"),
            TextOf(root, "azp"),
            TextsOf(root, "aud"),
            TextsOf(root, "roles"),
            TextsOf(root, "amr"));
    }

    private static string? TextOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string> TextsOf(JsonElement root, string name) =>
        !root.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)]
        : [];
}
