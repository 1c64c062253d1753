using System.Globalization;
using System.Text;

namespace Emargement.Domain.Planning.Import.Calendars;

/// <summary>Text of a calendar as its words are compared: without case, accents or punctuation.</summary>
public static class CalendarWords
{
    /// <summary>Words in their order, one space before, between and behind, so that whole words are found in it; one space alone for
    /// none.</summary>
    public static string Of(string text)
    {
        var words = new StringBuilder(text.Length + 2).Append(' ');
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                words.Append(char.ToLowerInvariant(c));
            }
            else if (words[^1] != ' ' && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                words.Append(' ');
            }
        }

        return words[^1] == ' ' ? words.ToString() : words.Append(' ').ToString();
    }
}
