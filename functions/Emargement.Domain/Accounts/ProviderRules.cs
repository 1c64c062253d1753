using System.Text.RegularExpressions;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Accounts;

/// <summary>What the settings of a sign-in provider must be.</summary>
public static partial class ProviderRules
{
    private const int LongestText = 200;
    private const int MostTenants = 20;
    private const int MostRoles = 20;

    // Endpoints of Microsoft's that speak for every tenant: their issuer is a template that no token equals, and whoever has an account
    // anywhere gets a token there.
    private static readonly string[] Everybody = ["common", "organizations", "consumers"];

    /// <summary>Its name in addresses: 2 to 32 of a-z, 0-9 and '-'.</summary>
    public static bool IsId(string? text) => text is not null && Id().IsMatch(text);

    /// <param name="issuer">Exactly as tokens say it.</param>
    /// <param name="metadata">Where its description is read.</param>
    /// <returns>Null when they will do, else <c>provider-invalid</c> with the <c>member</c> at fault, or
    /// <c>provider-many-tenants</c>.</returns>
    public static Refusal? Check(string id, string name, string issuer, string metadata, string client) =>
        !IsId(id) ? Invalid("id")
        : PlainText.Within(name, 60) is null ? Invalid("name")
        : !IsAddress(issuer) ? Invalid("issuer")
        : !IsAddress(metadata) ? Invalid("metadata")
        : PlainText.Within(client, LongestText) != client ? Invalid("clientId")
        : SpeaksForEverybody(issuer) || SpeaksForEverybody(metadata) ? Refusal.BadInput("provider-many-tenants")
        : null;

    /// <returns>Null when they will do, else <c>provider-invalid</c>.</returns>
    public static Refusal? Check(IReadOnlyList<string> tenants, IReadOnlyDictionary<string, AccountKind> roles) =>
        tenants.Count > MostTenants || tenants.Any(t => !Guid.TryParseExact(t, "D", out _)) ? Invalid("tenants")
        : roles.Count is 0 or > MostRoles
            || roles.Any(r => r.Value is AccountKind.Learner or AccountKind.Officer || PlainText.Within(r.Key, 100) != r.Key)
            ? Invalid("roles")
        : null;

    public static Refusal Invalid(string member) => Refusal.BadInput("provider-invalid", ("member", member));

    private static bool IsAddress(string text) =>
        text.Length <= LongestText && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
        && uri is { Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0 };

    private static bool SpeaksForEverybody(string address) =>
        address.Contains('{', StringComparison.Ordinal)
        || address.Contains("%7B", StringComparison.OrdinalIgnoreCase)
        || new Uri(address).Segments.Any(s => Everybody.Contains(s.Trim('/'), StringComparer.OrdinalIgnoreCase));

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,31}\z")]
    private static partial Regex Id();
}
