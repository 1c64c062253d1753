using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Emargement.Domain.Platform;

/// <summary>
/// Short name of a training organisation, part of every address and key: 2 to 40 of a-z, 0-9 and '-', starting with a letter. Of a
/// Région's officers, who have accounts as others do, it is <c>region:{code}</c>: nothing of an organisation is ever found under it.
/// </summary>
public readonly partial record struct OrganisationId
{
    private const string RegionPrefix = "region:";

    private readonly string? _value;

    private OrganisationId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("An OrganisationId is made by Parse or TryParse.");

    /// <summary>The Région whose officers' accounts these are; null for a training organisation.</summary>
    public RegionCode? Region =>
        Value.StartsWith(RegionPrefix, StringComparison.Ordinal) ? RegionCode.Parse(Value[RegionPrefix.Length..]) : null;

    /// <summary>Under which address its pages are.</summary>
    public string Pages => Region is { } region ? $"/r/{region}" : $"/o/{Value}";

    /// <summary>Where the accounts of a Région's officers are.</summary>
    public static OrganisationId OfRegion(RegionCode region) => new(RegionPrefix + region.Value);

    /// <summary>As <see cref="TryParse"/>, or where a Région's officers are: for what an account may belong to.</summary>
    public static bool TryParseHolder([NotNullWhen(true)] string? text, out OrganisationId id)
    {
        if (text?.StartsWith(RegionPrefix, StringComparison.Ordinal) == true
            && RegionCode.TryParse(text[RegionPrefix.Length..], out var region))
        {
            id = OfRegion(region);
            return true;
        }

        return TryParse(text, out id);
    }

    /// <exception cref="FormatException">It is neither.</exception>
    public static OrganisationId ParseHolder(string text) => TryParseHolder(text, out var id) ? id : Parse(text);

    public static OrganisationId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException("An organisation's short name is 2 to 40 of a-z, 0-9 and '-', starting with a letter.");

    public static bool TryParse([NotNullWhen(true)] string? text, out OrganisationId id)
    {
        var ok = text is not null && Shape().IsMatch(text);
        id = ok ? new OrganisationId(text!) : default;
        return ok;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,39}\z")]
    private static partial Regex Shape();
}
