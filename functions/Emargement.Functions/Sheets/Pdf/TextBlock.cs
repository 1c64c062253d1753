namespace Emargement.Functions.Sheets.Pdf;

/// <summary>A text cut into lines that fit a width: between words, inside one only when it is alone too wide. Nothing is ever left out.</summary>
internal static class TextBlock
{
    public static IReadOnlyList<string> Lines(PdfFont font, string text, double size, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in font.Drawable(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (font.Width(longer, size) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = Broken(font, word, size, width, lines);
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Adds what fills whole lines and returns the rest.</summary>
    private static string Broken(PdfFont font, string word, double size, double width, List<string> lines)
    {
        while (word.Length > 1 && font.Width(word, size) > width)
        {
            var fits = 1;
            while (fits < word.Length && font.Width(word.AsSpan(0, fits + 1), size) <= width)
            {
                fits++;
            }

            lines.Add(word[..fits]);
            word = word[fits..];
        }

        return word;
    }
}
