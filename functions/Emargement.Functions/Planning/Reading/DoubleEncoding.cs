using System.Text;

namespace Emargement.Functions.Planning.Reading;

/// <summary>Text whose UTF-8 was once read as another encoding and written again: « Ã© », or « √© » when a Mac did it, for « é ».</summary>
public static class DoubleEncoding
{
    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text as it was meant, or the same one when nothing of it was encoded twice.</summary>
    public static string Repair(string text)
    {
        // It may have happened more than once.
        for (var round = 0; round < 3; round++)
        {
            var repaired = Repair(Repair(text, SingleByteReading.Windows, "ÃÂÄÅâÐÑØÙÎÏ×áàð"), SingleByteReading.Macintosh, "√¬‚ƒ≈–—ÿŸ");
            if (repaired == text)
            {
                break;
            }

            text = repaired;
        }

        return text;
    }

    private static string Repair(string text, SingleByteReading misread, string leads)
    {
        if (text.AsSpan().IndexOfAny(leads) < 0)
        {
            return text;
        }

        var repaired = new StringBuilder(text.Length);
        var changed = false;
        for (var i = 0; i < text.Length;)
        {
            var run = i;
            while (run < text.Length && text[run] >= '\u0080')
            {
                run++;
            }

            if (run == i)
            {
                repaired.Append(text[i++]);
                continue;
            }

            var written = text[i..run];
            var meant = RepairRun(written, misread);
            changed |= meant != written;
            repaired.Append(meant);
            i = run;
        }

        return changed ? repaired.ToString() : text;
    }

    // Nobody writes four foreign characters in a row that happen to be UTF-8. In a shorter run each sequence must give what French text
    // has.
    private static string RepairRun(string run, SingleByteReading misread)
    {
        var bytes = run.Select(misread.ByteOf).ToArray();
        if (run.Length >= 4 && Decode(bytes) is { } whole && whole.All(c => char.IsLetter(c) || IsEuropean(c)))
        {
            return whole;
        }

        var meant = new StringBuilder(run.Length);
        for (var i = 0; i < run.Length;)
        {
            var length = LengthOf(bytes[i]);
            var found = length > 0 && i + length <= bytes.Length ? Decode(bytes[i..(i + length)]) : null;
            if (found is [var c] && IsEuropean(c) && !(c >= '\u0100' && c <= '\u017F' && IsPunctuation(run[i + 1])))
            {
                meant.Append(c);
                i += length;
            }
            else
            {
                meant.Append(run[i++]);
            }
        }

        return meant.ToString();
    }

    private static int LengthOf(int lead) => lead switch
    {
        >= 0xC2 and <= 0xDF => 2,
        >= 0xE0 and <= 0xEF => 3,
        _ => 0,
    };

    private static string? Decode(int[] bytes)
    {
        if (bytes.Any(b => b < 0))
        {
            return null;
        }

        try
        {
            return StrictUtf8.GetString([.. bytes.Select(b => (byte)b)]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsEuropean(char c) =>
        c is (>= '\u00A0' and <= '\u017F') or (>= '\u2010' and <= '\u2044') or '€' or '™' or '\u0300' or '\u0301' or '\u0302'
        or '\u0308' or '\u0327' or '\uFEFF';

    private static bool IsPunctuation(char c) => c is '\u00A0' or '«' or '»' or '…';
}
