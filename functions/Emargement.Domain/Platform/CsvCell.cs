using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Emargement.Domain.Platform;

/// <summary>A text as a cell of a CSV that this product writes: shown by a spreadsheet, never run by it.</summary>
public static class CsvCell
{
    /// <summary>The text, behind an apostrophe when a spreadsheet would take it for a formula: its first visible character is <c>=</c>,
    /// <c>+</c>, <c>-</c> or <c>@</c>,
    /// also full-width or raised, or it starts with a tab or a line end.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text) =>
        text is { Length: > 0 } && (text[0] is '\t' or '\r' or '\n' || StartsFormula(text)) ? "'" + text : text;

    private static bool StartsFormula(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format)
            {
                continue;
            }

            // Compatibility forms (＝ ﹦ ⁼ ₌ …) become the sign that they stand for.
            return rune.ToString().Normalize(NormalizationForm.FormKC)[0] is '=' or '+' or '-' or '@' or '\u2212';
        }

        return false;
    }
}
