using System.Globalization;
using System.Text;

namespace Emargement.Functions.Sealing.Structure;

/// <summary>
/// Where the objects of a PDF begin and end (ISO 32000-1, 7.2 and 7.3). Malformed input throws <see cref="InvalidDataException"/>.
/// </summary>
internal static class PdfSyntax
{
    // Deeper than any writer goes; a file made to exhaust the stack stops here.
    private const int MostNested = 200;

    public static int SkipSpace(ReadOnlySpan<byte> source, int at)
    {
        while (at < source.Length && (IsSpace(source[at]) || source[at] == '%'))
        {
            if (source[at] == '%')
            {
                while (at < source.Length && source[at] is not ((byte)'\r' or (byte)'\n'))
                {
                    at++;
                }
            }
            else
            {
                at++;
            }
        }

        return Math.Min(at, source.Length);
    }

    /// <summary>The place just after the object that begins at <paramref name="at"/>; a reference (12 0 R) is one object.</summary>
    public static int SkipObject(ReadOnlySpan<byte> source, int at) => SkipObject(source, at, 0);

    private static int SkipObject(ReadOnlySpan<byte> source, int at, int depth)
    {
        at = SkipSpace(source, at);
        switch (At(source, at))
        {
            case (byte)'<' when At(source, at + 1) == '<':
                return SkipUntil(source, at + 2, ">>"u8, depth);
            case (byte)'<':
                return at + 1 + Found(source[(at + 1)..].IndexOf((byte)'>')) + 1;
            case (byte)'[':
                return SkipUntil(source, at + 1, "]"u8, depth);
            case (byte)'(':
                return SkipString(source, at);
            case (byte)'/':
                return SkipRegular(source, at + 1);
            default:
                var end = SkipRegular(source, at);
                return end == at ? throw Malformed() : SkipReference(source, at, end);
        }
    }

    /// <summary>Reads a whole number and moves past it.</summary>
    public static int ReadInteger(ReadOnlySpan<byte> source, ref int at)
    {
        at = SkipSpace(source, at);
        var end = SkipRegular(source, at);
        if (!int.TryParse(source[at..end], NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw Malformed();
        }

        at = end;
        return value;
    }

    /// <summary>The numbers of an array as it is written.</summary>
    public static List<int> ReadIntegers(string array)
    {
        var source = Encoding.Latin1.GetBytes(array);
        var numbers = new List<int>();
        var at = 1;
        while (!TryWord(source, ref at, "]"u8))
        {
            numbers.Add(ReadInteger(source, ref at));
        }

        return numbers;
    }

    /// <summary>The values of an array, each as it is written.</summary>
    public static List<string> Elements(string array)
    {
        var source = Encoding.Latin1.GetBytes(array);
        var elements = new List<string>();
        var at = 0;
        if (!TryWord(source, ref at, "["u8))
        {
            throw Malformed();
        }

        while (!TryWord(source, ref at, "]"u8))
        {
            var start = SkipSpace(source, at);
            at = SkipObject(source, start);
            elements.Add(Encoding.Latin1.GetString(source[start..at]));
        }

        return elements;
    }

    /// <summary>True, and moved past it, when the next token is <paramref name="word"/>.</summary>
    public static bool TryWord(ReadOnlySpan<byte> source, ref int at, ReadOnlySpan<byte> word)
    {
        var start = SkipSpace(source, at);
        if (!source[Math.Min(start, source.Length)..].StartsWith(word))
        {
            return false;
        }

        at = start + word.Length;
        return true;
    }

    public static InvalidDataException Malformed() => new("The PDF's structure cannot be read.");

    private static byte At(ReadOnlySpan<byte> source, int at) => at < source.Length ? source[at] : throw Malformed();

    private static int Found(int index) => index >= 0 ? index : throw Malformed();

    private static int SkipUntil(ReadOnlySpan<byte> source, int at, ReadOnlySpan<byte> end, int depth)
    {
        while (!TryWord(source, ref at, end))
        {
            at = depth < MostNested ? SkipObject(source, at, depth + 1) : throw Malformed();
        }

        return at;
    }

    private static int SkipString(ReadOnlySpan<byte> source, int at)
    {
        var depth = 0;
        do
        {
            switch (At(source, at++))
            {
                case (byte)'\\':
                    at++;
                    break;
                case (byte)'(':
                    depth++;
                    break;
                case (byte)')':
                    depth--;
                    break;
            }
        }
        while (depth > 0);
        return at;
    }

    private static int SkipReference(ReadOnlySpan<byte> source, int at, int end)
    {
        if (!char.IsAsciiDigit((char)source[at]))
        {
            return end;
        }

        var generation = SkipSpace(source, end);
        var afterGeneration = SkipRegular(source, generation);
        if (afterGeneration == generation || source[generation..afterGeneration].IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return end;
        }

        var letter = SkipSpace(source, afterGeneration);
        var afterLetter = SkipRegular(source, letter);
        return afterLetter == letter + 1 && source[letter] == 'R' ? afterLetter : end;
    }

    private static int SkipRegular(ReadOnlySpan<byte> source, int at)
    {
        while (at < source.Length && !IsSpace(source[at]) && "()<>[]{}/%"u8.IndexOf(source[at]) < 0)
        {
            at++;
        }

        return at;
    }

    private static bool IsSpace(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;
}
