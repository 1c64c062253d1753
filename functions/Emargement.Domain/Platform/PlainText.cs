using System.Globalization;
using System.Text;

namespace Emargement.Domain.Platform;

/// <summary>The one form in which a name or a reference is compared and stored: composed (NFC), spaces and line ends of every kind folded
/// to one space, nothing
/// around it, and no character that nobody sees (controls, zero-width marks, bidirectional overrides). What looks the same is the
/// same.</summary>
public static class PlainText
{
    /// <summary>What stands for a character that could not be read. Never stored.</summary>
    public const char Undecodable = '\uFFFD';

    // Letters and marks by their category, yet drawn as nothing: joiner, Hangul fillers, empty Braille cell, variation selectors.
    private static readonly HashSet<int> Blank =
        [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0];

    /// <summary>The text in that form; empty when nothing of it can be seen.</summary>
    public static string Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        return IsPlainAscii(text) ? text : Fold(text);
    }

    /// <summary>The text in that form when something of it can be seen, all of it could be read, and it is not longer; else null.</summary>
    public static string? Within(string? text, int maxLength) =>
        Of(text) is { Length: > 0 } plain && plain.Length <= maxLength && !IsUndecodable(plain) ? plain : null;

    /// <summary>Whether some character of it could not be read, here or before it came here.</summary>
    public static bool IsUndecodable(string text) => text.Contains(Undecodable, StringComparison.Ordinal);

    // Most values are: they are given back as they are.
    private static bool IsPlainAscii(string text)
    {
        var previous = ' ';
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' || (c == ' ' && previous == ' '))
            {
                return false;
            }

            previous = c;
        }

        return previous != ' ';
    }

    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        var space = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = true;
                continue;
            }

            if (IsInvisible(rune))
            {
                continue;
            }

            if (space && folded.Length > 0)
            {
                folded.Append(' ');
            }

            space = false;
            folded.Append(rune);
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        || Blank.Contains(rune.Value)
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);
}
