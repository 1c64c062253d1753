using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Emargement.Domain.Platform;

/// <summary>
/// Short name of a Région that pays, such as <c>occitanie</c>: 2 to 40 of a-z, 0-9 and
/// '-', starting with a letter. Part of keys, paths and addresses.
/// </summary>
public readonly partial record struct RegionCode
{
    private readonly string? _value;

    private RegionCode(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A RegionCode is made by Parse or TryParse.");

    public static RegionCode Parse(string text) =>
        TryParse(text, out var code)
            ? code
            : throw new FormatException("A Région's short name is 2 to 40 of a-z, 0-9 and '-', starting with a letter.");

    public static bool TryParse([NotNullWhen(true)] string? text, out RegionCode code)
    {
        var ok = text is not null && Shape().IsMatch(text);
        code = ok ? new RegionCode(text!) : default;
        return ok;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,39}\z")]
    private static partial Regex Shape();
}
