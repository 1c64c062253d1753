using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Emargement.Domain.Access;

/// <summary>Short name of a Région, part of addresses and keys: 2 to 40 of a-z, 0-9 and '-', starting with a letter (e.g. <c>occitanie</c>).</summary>
public static partial class RegionName
{
    public static bool IsValid([NotNullWhen(true)] string? text) => text is not null && Shape().IsMatch(text);

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,39}\z")]
    private static partial Regex Shape();
}
