using System.Globalization;

namespace Emargement.Functions.Sealing.Pdf;

/// <summary>
/// A text cut into lines that fit a width: between words, after a hyphen, inside a part only when it is alone too wide. Nothing is left out
/// unseen.
/// </summary>
internal static class TextBlock
{
    public static IReadOnlyList<string> Lines(PdfFont font, string text, double size, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var (part, joint) in Parts(font.Drawable(text)))
        {
            var longer = line.Length == 0 ? part : line + joint + part;
            if (font.Width(longer, size) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = Broken(font, part, size, width, lines);
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>As many lines at most, the last one with an ellipsis when there would be more.</summary>
    public static IReadOnlyList<string> Fitted(PdfFont font, string text, double size, double width, int most)
    {
        var lines = Lines(font, text, size, width);
        if (lines.Count <= most)
        {
            return lines;
        }

        var last = lines[most - 1];
        while (last.Length > 0 && font.Width(last + "…", size) > width)
        {
            last = last[..StringInfo.ParseCombiningCharacters(last)[^1]];
        }

        return [.. lines.Take(most - 1), last.TrimEnd() + "…"];
    }

    /// <summary>The pieces between which a line may end, each with what joins it to the one before on the same line.</summary>
    private static IEnumerable<(string Part, string Joint)> Parts(string text)
    {
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var joint = " ";
            for (var from = 0; from < word.Length;)
            {
                var hyphen = word.IndexOf('-', from);
                var to = hyphen < 0 ? word.Length : hyphen + 1;
                yield return (word[from..to], joint);
                (from, joint) = (to, "");
            }
        }
    }

    /// <summary>Adds what fills whole lines and returns the rest. A letter and its marks stay together.</summary>
    private static string Broken(PdfFont font, string word, double size, double width, List<string> lines)
    {
        while (font.Width(word, size) > width)
        {
            var fits = StringInfo.GetNextTextElementLength(word);
            var next = fits;
            while (next < word.Length && font.Width(word.AsSpan(0, next), size) <= width)
            {
                fits = next;
                next += StringInfo.GetNextTextElementLength(word, next);
            }

            if (fits == word.Length)
            {
                break;
            }

            lines.Add(word[..fits]);
            word = word[fits..];
        }

        return word;
    }
}
