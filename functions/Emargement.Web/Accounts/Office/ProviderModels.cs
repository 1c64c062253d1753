using Emargement.Domain.Platform;

namespace Emargement.Web.Accounts.Office;

/// <summary>What the forms of the providers' page ask for, as they write it.</summary>
public static class ProviderActs
{
    public const string Add = "add";
    public const string Secret = "secret";
    public const string Remove = "remove";

    /// <summary>The act of that name, or null.</summary>
    public static string? Known(string? act) => act is Add or Secret or Remove ? act : null;
}

/// <summary>The providers' page.</summary>
/// <param name="Callback">The address that a provider must know.</param>
public sealed record ProvidersModel(OrganisationId Organisation, string Callback, IReadOnlyList<ProviderRow> Providers)
{
    /// <summary>What was just done: one of <see cref="ProviderActs"/>.</summary>
    public string? Done { get; init; }

    /// <summary>Why the form that was sent is shown again.</summary>
    public string? Refusal { get; init; }

    /// <summary>What was typed into it.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <param name="Roles">By the provider's word: <c>manager</c> or <c>trainer</c>.</param>
public sealed record ProviderRow(
    string Id, string Name, string Issuer, IReadOnlyList<(string There, string Here)> Roles, bool HasSecret, bool TwoFactors);
