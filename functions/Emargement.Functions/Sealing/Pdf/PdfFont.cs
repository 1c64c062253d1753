using System.Globalization;
using System.Text;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>
/// A font as one document uses it: a composite font with two-byte glyph numbers (ISO 32000-1, 9.7), so that any mixture of European letters fits, embedded as a
/// subset, and mapped back to Unicode so that its text can be searched, copied and read aloud.
/// </summary>
internal sealed class PdfFont
{
    private readonly FontFile _font;
    private readonly FontSubset _subset;
    private readonly Dictionary<char, int> _used = [];

    public PdfFont(PdfObjects objects, FontFile font)
    {
        _font = font;
        _subset = new FontSubset(font);
        Number = objects.Reserve();
    }

    public int Number { get; }

    /// <summary>Width of a text in points, once <see cref="Drawable"/>.</summary>
    public double Width(ReadOnlySpan<char> text, double size)
    {
        var units = 0;
        foreach (var character in text)
        {
            _font.TryGlyph(character, out var glyph);
            units += _font.Width(glyph);
        }

        return units * size / _font.UnitsPerEm;
    }

    /// <summary>
    /// The text in letters that the font has: composed; a letter that it lacks loses its marks, a space of any kind is a space, and what remains is shown as a box
    /// (a name is never dropped, and a sheet never fails, because of a letter).
    /// </summary>
    public string Drawable(string text)
    {
        var composed = text.Normalize(NormalizationForm.FormC);
        if (composed.All(character => character >= ' ' && _font.TryGlyph(character, out _)))
        {
            return composed;
        }

        var result = new StringBuilder(composed.Length);
        foreach (var rune in composed.EnumerateRunes())
        {
            result.Append(Shown(rune));
        }

        return result.ToString();
    }

    /// <summary>The glyph numbers of a <see cref="Drawable"/> text, as a hexadecimal string operand.</summary>
    public void Encode(StringBuilder target, ReadOnlySpan<char> text)
    {
        target.Append('<');
        foreach (var character in text)
        {
            if (!_used.TryGetValue(character, out var number))
            {
                _font.TryGlyph(character, out var glyph);
                number = _subset.Use(glyph);
                _used[character] = number;
            }

            target.Append(number.ToString("X4", CultureInfo.InvariantCulture));
        }

        target.Append('>');
    }

    public void Write(PdfObjects objects)
    {
        var file = _subset.Write();
        var embedded = objects.AddStream(file, Invariant($"/Length1 {file.Length}"));
        // The six letters mark a subset (9.6.4).
        var name = "EMARGE+" + _font.Name;
        var (left, bottom, right, top) = _font.Bounds;
        var descriptor = objects.Add(Invariant(
            $"""
            << /Type /FontDescriptor /FontName /{name} /Flags 4 /ItalicAngle 0 /CapHeight 729 /StemV 80
            /FontBBox [{Mille(left)} {Mille(bottom)} {Mille(right)} {Mille(top)}] /Ascent {Mille(_font.Ascent)} /Descent {Mille(_font.Descent)}
            /FontFile2 {embedded} 0 R >>
            """));
        var widths = string.Join(' ', _subset.Originals.Select(glyph => Mille(_font.Width(glyph)).ToString(CultureInfo.InvariantCulture)));
        var descendant = objects.Add(Invariant(
            $"""
            << /Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>
            /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /W [0 [{widths}]] >>
            """));
        var unicode = objects.AddStream(Encoding.ASCII.GetBytes(ToUnicode()));
        objects.Set(Number, Invariant(
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>"));
    }

    private string ToUnicode()
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            + "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        // A block holds at most 100 lines (9.10.3). Where two characters share a glyph, the first one drawn is the one that is copied.
        foreach (var block in _used.GroupBy(pair => pair.Value).Select(shared => shared.First()).Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (character, number) in block)
            {
                map.Append(CultureInfo.InvariantCulture, $"<{number:X4}> <{(int)character:X4}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private string Shown(Rune rune)
    {
        if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
        {
            return _font.TryGlyph((char)rune.Value, out _) && rune.Value >= ' ' ? rune.ToString() : " ";
        }

        if (rune.IsBmp && _font.TryGlyph((char)rune.Value, out _))
        {
            return rune.ToString();
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)
        {
            return "";
        }

        var letters = string.Concat(rune.ToString().Normalize(NormalizationForm.FormKD).Where(character => _font.TryGlyph(character, out _)));
        return letters.Length > 0 ? letters : "\u25A1";
    }

    private int Mille(int units) => (int)Math.Round(units * 1000.0 / _font.UnitsPerEm);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
