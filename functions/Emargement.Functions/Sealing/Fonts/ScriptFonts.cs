using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Sealing.Fonts;

/// <summary>
/// The typefaces beside the sheet's own, for the scripts that it lacks: Noto Sans (SIL Open Font License), one weight, as served on npm by
/// @fontsource 5.3.0. Each is read when a name first needs it. Chinese has 7,946 characters: what names in simplified ones need, and the
/// usual traditional ones.
/// </summary>
internal static class ScriptFonts
{
    private static readonly Lazy<FontFile> Arabic = Font("NotoSansArabic", "noto-sans-arabic-arabic-400-normal.woff");
    private static readonly Lazy<FontFile> Armenian = Font("NotoSansArmenian", "noto-sans-armenian-armenian-400-normal.woff");
    private static readonly Lazy<FontFile> Chinese = Font("NotoSansSC", "noto-sans-sc-chinese-simplified-400-normal.woff");
    private static readonly Lazy<FontFile> Devanagari = Font("NotoSansDevanagari", "noto-sans-devanagari-devanagari-400-normal.woff");
    private static readonly Lazy<FontFile> Georgian = Font("NotoSansGeorgian", "noto-sans-georgian-georgian-400-normal.woff");

    // Blocks of Unicode.
    private static readonly (char From, char To, Lazy<FontFile> Font)[] Blocks =
    [
        ('\u0530', '\u058F', Armenian),
        ('\u0600', '\u06FF', Arabic),
        ('\u0750', '\u077F', Arabic),
        ('\u08A0', '\u08FF', Arabic),
        ('\u0900', '\u097F', Devanagari),
        ('\u10A0', '\u10FF', Georgian),
        ('\u1C90', '\u1CBF', Georgian),
        ('\u2D00', '\u2D2F', Georgian),
        ('\u2E80', '\u30FF', Chinese),
        ('\u3400', '\u9FFF', Chinese),
        ('\uA8E0', '\uA8FF', Devanagari),
        ('\uF900', '\uFAFF', Chinese),
    ];

    /// <summary>The typeface that has the character; null when none does.</summary>
    public static FontFile? Of(char character)
    {
        foreach (var (from, to, font) in Blocks)
        {
            if (character >= from && character <= to)
            {
                return font.Value.TryGlyph(character, out _) ? font.Value : null;
            }
        }

        return null;
    }

    private static Lazy<FontFile> Font(string name, string resource) => new(() => FontFile.Load(name, resource));
}
