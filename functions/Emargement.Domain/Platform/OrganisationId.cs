using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Emargement.Domain.Platform;

/// <summary>
/// Short name of a training organisation, part of every address and key: 2 to 40 of a-z, 0-9 and '-', starting with a letter.
/// </summary>
public readonly partial record struct OrganisationId
{
    private readonly string? _value;

    private OrganisationId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("An OrganisationId is made by Parse or TryParse.");

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
