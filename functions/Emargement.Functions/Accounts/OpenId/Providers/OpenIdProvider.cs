using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.OpenId.Providers;

/// <summary>A provider by which an organisation's staff sign in.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Name">What the button says.</param>
/// <param name="Issuer">Exactly what tokens name as <c>iss</c>. Where the description is read is another thing: Entra External ID is asked
/// by the name of a tenant, and answers by its number.</param>
/// <param name="Metadata">Where its description is read (OpenID Connect Discovery 1.0).</param>
/// <param name="SealedSecret">What proves that we are its client, sealed with the key ring; null for a client without one.</param>
/// <param name="Tenants">Tenants of Microsoft's that are let in; none for a provider that knows no tenants.</param>
/// <param name="Roles">What a role of its tokens is here: manager or trainer.</param>
/// <param name="TwoFactors">Whether it always asks for two factors, whatever its tokens say.</param>
public sealed record OpenIdProvider(
    string Id,
    string Name,
    string Issuer,
    Uri Metadata,
    string ClientId,
    string? SealedSecret,
    IReadOnlyList<string> Tenants,
    IReadOnlyDictionary<string, AccountKind> Roles,
    bool TwoFactors)
{
    /// <summary>What somebody with these roles may be here, managers first; nothing, and no entry, without one.</summary>
    public IReadOnlyList<AccountKind> KindsOf(IEnumerable<string> roles) =>
        [.. roles.Where(Roles.ContainsKey).Select(r => Roles[r]).Distinct().Order()];

    /// <returns>Null when its settings will do, else why not.</returns>
    public Refusal? Check() =>
        ProviderRules.Check(Id, Name, Issuer, Metadata.OriginalString, ClientId) ?? ProviderRules.Check(Tenants, Roles);
}
