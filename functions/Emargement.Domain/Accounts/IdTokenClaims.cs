using Emargement.Domain.Platform;

namespace Emargement.Domain.Accounts;

/// <summary>
/// What a provider says of somebody, in a token whose signature, issuer, audience and times were found right. Addresses and names are not
/// here: they are no identity, and a tenant's administrator writes what they like into them.
/// </summary>
/// <param name="Subject"><c>sub</c>.</param>
/// <param name="Tenant"><c>tid</c>, of Microsoft's tokens.</param>
/// <param name="Object"><c>oid</c>, of Microsoft's tokens.</param>
/// <param name="Party"><c>azp</c>.</param>
/// <param name="Methods"><c>amr</c>: how they signed in there.</param>
public sealed record IdTokenClaims(
    string? Subject,
    string? Tenant,
    string? Object,
    string? Nonce,
    string? Party,
    IReadOnlyList<string> Audiences,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Methods)
{
    /// <summary>Whether the token was made for this request of this client (OpenID Connect Core 1.0, 3.1.3.7; ASVS 5.0, 10.5.1 to
    /// 10.5.4), by a tenant that may.</summary>
    /// <param name="nonce">That the request carried.</param>
    /// <param name="tenants">Those of Microsoft that are let in; none where the provider knows no tenants.</param>
    /// <returns>Null when it was, else <c>oidc-token-refused</c> with what is wrong as <c>why</c>.</returns>
    public Refusal? Check(string client, string nonce, IReadOnlyList<string> tenants) =>
        Nonce != nonce ? Refused("nonce")
        : Party is not null && Party != client ? Refused("azp")
        : Audiences.Count > 1 && Party is null ? Refused("azp")
        : tenants.Count > 0 && !tenants.Contains(Tenant, StringComparer.OrdinalIgnoreCase) ? Refused("tid")
        : string.IsNullOrEmpty(tenants.Count > 0 ? Object : Subject) ? Refused(tenants.Count > 0 ? "oid" : "sub")
        : null;

    /// <summary>Who it is, for one provider: tenant and object of Microsoft's, the subject of others'.</summary>
    public string Person(IReadOnlyList<string> tenants) =>
        tenants.Count > 0 ? $"{Tenant!.ToLowerInvariant()}|{Object}" : $"|{Subject}";

    /// <summary>Whether the provider says that it asked for two factors; silence is one (ASVS 5.0, 6.8.4).</summary>
    public bool IsStrong => Methods.Contains("mfa", StringComparer.Ordinal);

    /// <param name="why">The claim, or the check, that failed.</param>
    public static Refusal Refused(string why) => Refusal.Forbidden("oidc-token-refused", ("why", why));
}
