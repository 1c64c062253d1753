using System.Globalization;
using System.Text;

namespace Emargement.Domain.Platform.Codes;

/// <summary>The one form of a code however it was typed: phones write digits of their own script, full-width letters, and put spaces,
/// dashes and marks that nobody sees between them.</summary>
public static class TypedCode
{
    private const int MaxLength = 64;

    /// <summary>The characters that count, digits as 0 to 9 and letters as capitals; null when there is nothing or far too much.</summary>
    public static string? Of(string? typed)
    {
        if (typed is not { Length: > 0 and <= MaxLength } || !IsWellFormed(typed))
        {
            return null;
        }

        var code = new StringBuilder(typed.Length);
        foreach (var rune in typed.Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.DecimalDigitNumber:
                    code.Append((int)Rune.GetNumericValue(rune));
                    break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.DashPunctuation
                    or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark:
                    break;
                default:
                    code.Append(Rune.ToUpperInvariant(rune));
                    break;
            }
        }

        return code.Length > 0 ? code.ToString() : null;
    }

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(r => r != Rune.ReplacementChar);
}
