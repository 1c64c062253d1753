using System.Globalization;
using System.Text;
using Emargement.Functions.Sealing.Fonts;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>Text as it may be drawn: nothing in it is invisible, turns what stands around it, or comes out as a box.</summary>
internal static class DrawnText
{
    // What a reader puts where it could not read: typefaces draw it as a box.
    private const char Broken = '\uFFFD';

    /// <summary>
    /// Composed (NFC); a space of any kind and a control are a space; what is drawn without being seen is left out: marks that turn the
    /// direction of writing, zero widths, soft hyphens, selectors.
    /// </summary>
    public static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune))
            {
                continue;
            }

            // A space that keeps a number with its unit goes on doing so.
            if (IsNoCharacter(rune))
            {
                result.Append(Broken);
                continue;
            }

            var space = rune.Value is 0xA0 or 0x202F ? "\u00A0" : Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) ? " " : null;
            result.Append(space ?? rune.ToString());
        }

        return result.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>
    /// <see cref="Clean"/>, in characters that <paramref name="main"/> or the typeface of their script has. One that none has is taken
    /// apart, else written as its number: a name is never dropped, a sheet never fails, and never shows a box, because of a letter.
    /// </summary>
    public static string Drawable(string text, FontFile main)
    {
        var clean = Clean(text);
        if (clean.All(character => character != Broken && main.TryGlyph(character, out _)))
        {
            return clean;
        }

        var result = new StringBuilder(clean.Length);
        var numbers = new List<string>();
        foreach (var rune in clean.EnumerateRunes())
        {
            if (Shown(rune, main) is { } shown)
            {
                Flush();
                result.Append(shown);
            }
            else
            {
                numbers.Add(string.Create(CultureInfo.InvariantCulture, $"U+{rune.Value:X4}"));
            }
        }

        Flush();
        return result.ToString();

        void Flush()
        {
            if (numbers.Count > 0)
            {
                result.Append('[').AppendJoin(' ', numbers).Append(']');
                numbers.Clear();
            }
        }
    }

    /// <summary>Whether sealed documents draw all of a name; of one that they do not, they print some characters as numbers.</summary>
    public static bool CanDraw(string name) => Clean(name).EnumerateRunes().All(rune => Shown(rune, FontFile.Regular) is not null);

    private static bool Has(char character, FontFile main) =>
        character != Broken && (main.TryGlyph(character, out _) || ScriptFonts.Of(character) is not null);

    /// <summary>Null when nothing drawable says the same.</summary>
    private static string? Shown(Rune rune, FontFile main)
    {
        if (rune.IsBmp && Has((char)rune.Value, main))
        {
            return rune.ToString();
        }

        // A mark alone, whose letter stays.
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            return "";
        }

        var apart = rune.ToString().Normalize(NormalizationForm.FormKD);
        var letters = string.Concat(apart.Where(character => character != Broken && main.TryGlyph(character, out _)));
        return letters.Length > 0 ? letters : apart.Length > 0 && apart.All(character => Has(character, main)) ? apart : null;
    }

    /// <summary>What Unicode keeps from being a character, ever: no text has it, and nothing composes it.</summary>
    private static bool IsNoCharacter(Rune rune) => rune.Value is >= 0xFDD0 and <= 0xFDEF || (rune.Value & 0xFFFE) == 0xFFFE;

    /// <summary>What Unicode calls default-ignorable, and every format character.</summary>
    private static bool IsInvisible(Rune rune) =>
        Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2065 or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF);
}
