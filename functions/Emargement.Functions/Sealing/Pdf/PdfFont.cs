using System.Globalization;
using System.Text;
using Emargement.Functions.Sealing.Fonts;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>A weight of the sheets' typeface as one document uses it, with those of other scripts that its texts need.</summary>
internal sealed class PdfFont
{
    private readonly PdfObjects _objects;
    private readonly FontFile _main;
    private readonly List<PdfFace> _faces = [];

    public PdfFont(PdfObjects objects, FontFile font)
    {
        (_objects, _main) = (objects, font);
        FaceOf(font);
    }

    /// <summary>Its entries in a page's resources, once everything is drawn.</summary>
    public string Resources(string name) => string.Join(' ', _faces.Select((face, index) => $"/{NameOf(name, index)} {face.Number} 0 R"));

    /// <summary>Width of a text in points, once <see cref="Drawable"/>.</summary>
    public double Width(ReadOnlySpan<char> text, double size) => TextShaper.Runs(text, _main).Sum(run => run.Width) * size;

    /// <summary>The text in characters that can be drawn, see <see cref="DrawnText"/>.</summary>
    public string Drawable(string text) => DrawnText.Drawable(text, _main);

    /// <summary>Shows a <see cref="Drawable"/> text where the pen is.</summary>
    /// <param name="name">The font's name in the page's resources.</param>
    public void Show(StringBuilder content, string name, double size, ReadOnlySpan<char> text)
    {
        foreach (var run in TextShaper.Runs(text, _main))
        {
            var index = FaceOf(run.Font);
            content.Append(CultureInfo.InvariantCulture, $"/{NameOf(name, index)} {size:0.##} Tf ");
            if (run.Shaped)
            {
                ShowShaped(content, _faces[index], run, size);
                continue;
            }

            content.Append('<');
            foreach (var glyph in run.Glyphs)
            {
                content.Append(_faces[index].Use(glyph));
            }

            content.Append("> Tj ");
        }
    }

    public void Write()
    {
        foreach (var face in _faces)
        {
            face.Write();
        }
    }

    /// <summary>
    /// Cluster by cluster. Glyphs that melted or changed places are copied and read aloud as what they stand for (14.9.4); marks apart and
    /// as nothing, because a reader takes the place of the last glyph for the end of all.
    /// </summary>
    private static void ShowShaped(StringBuilder content, PdfFace face, GlyphRun run, double size)
    {
        var pen = 0;
        foreach (var cluster in run.Glyphs.GroupBy(glyph => glyph.Cluster))
        {
            if (cluster.Count() == 1)
            {
                pen = Put(content, face, run.Font, cluster.First(), pen, size);
                continue;
            }

            var text = run.TextOf(cluster.Key);
            foreach (var part in cluster.OrderBy(glyph => glyph.IsMark).GroupBy(glyph => glyph.IsMark))
            {
                content.Append("/Span << /ActualText ").Append(PdfObjects.Text(text)).Append(" >> BDC ");
                foreach (var glyph in part)
                {
                    pen = Put(content, face, run.Font, glyph, pen, size);
                }

                content.Append("EMC ");
                text = "";
            }
        }

        Move(content, run.Font, pen - run.Advance);
    }

    /// <returns>Where the pen is then.</returns>
    private static int Put(StringBuilder content, PdfFace face, FontFile font, DrawnGlyph glyph, int pen, double size)
    {
        Move(content, font, pen - glyph.Left);
        var rise = glyph.Up * size / font.UnitsPerEm;
        content.Append(glyph.Up == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{rise:0.###} Ts "));
        content.Append('<').Append(face.Use(glyph)).Append("> Tj ").Append(glyph.Up == 0 ? "" : "0 Ts ");
        return glyph.Left + font.Width(glyph.Number);
    }

    /// <summary>Moves the pen back, in thousandths of the size (9.4.3).</summary>
    private static void Move(StringBuilder content, FontFile font, int back)
    {
        if (back != 0)
        {
            content.Append(CultureInfo.InvariantCulture, $"[{back * 1000.0 / font.UnitsPerEm:0.##}] TJ ");
        }
    }

    private int FaceOf(FontFile font)
    {
        var index = _faces.FindIndex(face => face.Font == font);
        if (index < 0)
        {
            index = _faces.Count;
            // A document may have two subsets of one script's typeface, one beside each weight.
            _faces.Add(new PdfFace(_objects, font, _main == FontFile.Regular ? "EMARGE" : "EMARGB"));
        }

        return index;
    }

    private static string NameOf(string name, int index) =>
        index == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{index}");
}
