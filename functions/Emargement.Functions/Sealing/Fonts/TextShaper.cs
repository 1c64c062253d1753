using System.Globalization;
using Emargement.Functions.Sealing.Pdf;
using HarfBuzzSharp;

namespace Emargement.Functions.Sealing.Fonts;

/// <param name="Number">The glyph in its typeface.</param>
/// <param name="Left">Where it stands from the run's left end, in the typeface's units, like the others.</param>
/// <param name="Up">How far above the line.</param>
/// <param name="IsMark">It takes no place: an accent, or the dots of an Arabic letter.</param>
/// <param name="Text">What it stands for alone; empty when another one of its cluster stands for it too.</param>
/// <param name="Cluster">Where in the run's text begins what it stands for together with its neighbours.</param>
internal readonly record struct DrawnGlyph(int Number, int Left, int Up, bool IsMark, string Text, int Cluster);

/// <summary>Glyphs of one typeface, from left to right.</summary>
/// <param name="Text">What they stand for, in the order of reading.</param>
/// <param name="Advance">How wide they are together, in the typeface's units.</param>
/// <param name="Shaped">They are not simply one glyph a character, one after the other.</param>
internal sealed record GlyphRun(FontFile Font, string Text, IReadOnlyList<DrawnGlyph> Glyphs, int Advance, bool Shaped)
{
    public double Width => Advance / (double)Font.UnitsPerEm;

    /// <summary>The text of a cluster.</summary>
    public string TextOf(int cluster) =>
        Text[cluster..Glyphs.Select(glyph => glyph.Cluster).Where(start => start > cluster).DefaultIfEmpty(Text.Length).Min()];
}

/// <summary>
/// From a text to glyphs from left to right. European letters are one glyph each. Other scripts are shaped by HarfBuzz: Arabic letters
/// join, Devanagari ones change places, marks stand where they belong. Of the bidirectional algorithm (Unicode annex 9) it has what a
/// French sheet needs: the line runs from left to right, words from right to left stand together with what joins them, digits inside them
/// keep their order.
/// </summary>
internal static class TextShaper
{
    // What may stand between two words of a phrase from right to left.
    private const string Joining = " \u00A0-'’.،()";

    /// <param name="text">Drawable, see <see cref="DrawnText"/>.</param>
    public static IReadOnlyList<GlyphRun> Runs(ReadOnlySpan<char> text, FontFile main)
    {
        foreach (var character in text)
        {
            if (!main.TryGlyph(character, out _) || IsFromRight(character) || IsMark(character))
            {
                return Mixed(text.ToString(), main);
            }
        }

        return [Plain(text.ToString(), main)];
    }

    public static bool IsFromRight(char character) =>
        character is (>= '\u0590' and <= '\u08FF') or (>= '\uFB1D' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFF')
        && !char.IsDigit(character);

    private static bool IsMark(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static GlyphRun Plain(string text, FontFile font)
    {
        var glyphs = new DrawnGlyph[text.Length];
        var left = 0;
        for (var i = 0; i < text.Length; i++)
        {
            font.TryGlyph(text[i], out var glyph);
            glyphs[i] = new(glyph, left, 0, IsMark: false, text[i].ToString(), i);
            left += font.Width(glyph);
        }

        return new(font, text, glyphs, left, Shaped: false);
    }

    private static List<GlyphRun> Mixed(string text, FontFile main)
    {
        var levels = Levels(text);
        var pieces = new List<(int Start, int End, FontFile Font, int Level)>();
        for (var i = 0; i < text.Length; i++)
        {
            var font = FontOf(text[i], main, pieces.Count > 0 ? pieces[^1].Font : main);
            if (pieces.Count > 0 && pieces[^1] is var last && last.Font == font && last.Level == levels[i])
            {
                pieces[^1] = last with { End = i + 1 };
            }
            else
            {
                pieces.Add((i, i + 1, font, levels[i]));
            }
        }

        Reorder(pieces);
        return [.. pieces.Select(piece =>
        {
            var part = text[piece.Start..piece.End];
            return piece.Level != 1 && piece.Font == main && !part.Any(IsMark) ? Plain(part, main) : Shape(part, piece.Font, piece.Level);
        })];
    }

    /// <summary>A space and a mark stay with the script before them.</summary>
    private static FontFile FontOf(char character, FontFile main, FontFile before) =>
        (character == ' ' || IsMark(character)) && before.TryGlyph(character, out _) ? before
        : main.TryGlyph(character, out _) ? main
        : ScriptFonts.Of(character) ?? main;

    /// <summary>0 from left to right, 1 from right to left, 2 for digits inside that.</summary>
    private static int[] Levels(string text)
    {
        var levels = new int[text.Length];
        var lastFromRight = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (IsFromRight(text[i]))
            {
                for (var between = lastFromRight + 1; lastFromRight >= 0 && between < i; between++)
                {
                    levels[between] = char.IsDigit(text[between]) ? 2 : 1;
                }

                levels[i] = 1;
                lastFromRight = i;
            }
            else if (!char.IsDigit(text[i]) && !Joining.Contains(text[i], StringComparison.Ordinal) && !IsMark(text[i]))
            {
                lastFromRight = -1;
            }
        }

        return levels;
    }

    /// <summary>From the order of reading to that from left to right (annex 9, rule L2).</summary>
    private static void Reorder(List<(int Start, int End, FontFile Font, int Level)> pieces)
    {
        for (var level = 2; level > 0; level--)
        {
            for (var from = 0; from < pieces.Count; from++)
            {
                var to = from;
                while (to < pieces.Count && pieces[to].Level >= level)
                {
                    to++;
                }

                if (to > from)
                {
                    pieces.Reverse(from, to - from);
                    from = to;
                }
            }
        }
    }

    private static GlyphRun Shape(string text, FontFile font, int level)
    {
        using var buffer = new HarfBuzzSharp.Buffer();
        buffer.AddUtf16(text);
        buffer.GuessSegmentProperties();
        buffer.Direction = level == 1 ? Direction.RightToLeft : Direction.LeftToRight;
        font.Shaper.Shape(buffer);
        var (infos, places) = (buffer.GlyphInfos, buffer.GlyphPositions);
        var glyphs = new DrawnGlyph[infos.Length];
        var left = 0;
        for (var i = 0; i < infos.Length; i++)
        {
            var (place, cluster) = (places[i], (int)infos[i].Cluster);
            glyphs[i] = new((int)infos[i].Codepoint, left + place.XOffset, place.YOffset, place.XAdvance == 0, "", cluster);
            left += place.XAdvance;
        }

        var run = new GlyphRun(font, text, glyphs, left, Shaped: true);
        foreach (var cluster in Enumerable.Range(0, glyphs.Length).GroupBy(i => glyphs[i].Cluster).ToList())
        {
            Name(glyphs, [.. cluster], run.TextOf(cluster.Key), font);
        }

        return run;
    }

    /// <summary>A glyph that is one character's own stands for it; the first of the cluster's others, for the rest of its text.</summary>
    private static void Name(DrawnGlyph[] glyphs, IReadOnlyList<int> cluster, string text, FontFile font)
    {
        var rest = text;
        var others = new List<int>();
        foreach (var index in cluster)
        {
            var own = rest.FirstOrDefault(character => font.TryGlyph(character, out var glyph) && glyph == glyphs[index].Number);
            if (own == default)
            {
                others.Add(index);
                continue;
            }

            glyphs[index] = glyphs[index] with { Text = own.ToString() };
            rest = rest.Remove(rest.IndexOf(own), 1);
        }

        if (others.Count > 0 && rest.Length > 0)
        {
            glyphs[others[0]] = glyphs[others[0]] with { Text = rest };
        }
    }
}
