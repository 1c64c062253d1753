using System.Globalization;
using System.Text;
using Emargement.Functions.Sealing.Fonts;
using Emargement.Functions.Sealing.Pdf;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>
/// One typeface as one document uses it: a composite font with two-byte glyph numbers (ISO 32000-1, 9.7), embedded as a subset, and mapped
/// back to Unicode so that its text can be searched, copied and read aloud.
/// </summary>
/// <param name="tag">The six letters that mark a subset (9.6.4).</param>
internal sealed class PdfFace(PdfObjects objects, FontFile font, string tag)
{
    private readonly FontSubset _subset = new(font);
    private readonly Dictionary<int, string> _texts = [];

    public FontFile Font { get; } = font;

    /// <summary>Of the object.</summary>
    public int Number { get; } = objects.Reserve();

    /// <summary>The glyph's number in the document, as four hexadecimal digits.</summary>
    public string Use(DrawnGlyph glyph)
    {
        var number = _subset.Use(glyph.Number);
        if (glyph.Text.Length > 0)
        {
            // Where two characters share a glyph, the first one drawn is the one that is copied.
            _texts.TryAdd(number, glyph.Text);
        }

        return number.ToString("X4", CultureInfo.InvariantCulture);
    }

    public void Write()
    {
        var file = _subset.Write();
        var embedded = objects.AddStream(file, Invariant($"/Length1 {file.Length}"));
        var name = $"{tag}+{Font.Name}";
        var (left, bottom, right, top) = Font.Bounds;
        var descriptor = objects.Add(Invariant(
            $"""
            << /Type /FontDescriptor /FontName /{name} /Flags 4 /ItalicAngle 0 /CapHeight 729 /StemV 80
            /FontBBox [{Mille(left)} {Mille(bottom)} {Mille(right)} {Mille(top)}]
            /Ascent {Mille(Font.Ascent)} /Descent {Mille(Font.Descent)} /FontFile2 {embedded} 0 R >>
            """));
        var widths = string.Join(' ', _subset.Originals.Select(glyph => Mille(Font.Width(glyph)).ToString(CultureInfo.InvariantCulture)));
        var descendant = objects.Add(Invariant(
            $"""
            << /Type /Font /Subtype /CIDFontType2 /BaseFont /{name}
            /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>
            /FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /W [0 [{widths}]] >>
            """));
        var unicode = objects.AddStream(Encoding.ASCII.GetBytes(ToUnicode()));
        objects.Set(Number, Invariant(
            $"""
            << /Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H
            /DescendantFonts [{descendant} 0 R] /ToUnicode {unicode} 0 R >>
            """));
    }

    private string ToUnicode()
    {
        var map = new StringBuilder(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            + "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            + "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
        // A block holds at most 100 lines (9.10.3).
        foreach (var block in _texts.Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var (number, text) in block)
            {
                var characters = Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text));
                map.Append(CultureInfo.InvariantCulture, $"<{number:X4}> <{characters}>\n");
            }

            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    private int Mille(int units) => (int)Math.Round(units * 1000.0 / Font.UnitsPerEm);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
