using System.Globalization;
using System.Text;

namespace Emargement.Functions.Sealing.Structure;

/// <summary>Names and text strings as a file writes them (ISO 32000-1, 7.3.4, 7.3.5 and 7.9.2.2).</summary>
internal static class PdfText
{
    /// <summary>A name without its slash and without escapes: #4A is J.</summary>
    public static string Name(ReadOnlySpan<byte> written)
    {
        if (!written.Contains((byte)'#'))
        {
            return Encoding.Latin1.GetString(written);
        }

        var name = new StringBuilder();
        for (var at = 0; at < written.Length; at++)
        {
            if (written[at] == '#' && at + 2 < written.Length
                && byte.TryParse(written.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                name.Append((char)value);
                at += 2;
            }
            else
            {
                name.Append((char)written[at]);
            }
        }

        return name.ToString();
    }

    /// <summary>The name as it may be written.</summary>
    public static string Escaped(string name) =>
        name.All(letter => letter is > ' ' and <= '~' && !"#()<>[]{}/%".Contains(letter, StringComparison.Ordinal))
            ? name
            : string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter)
                ? letter.ToString()
                : "#" + ((int)letter).ToString("X2", CultureInfo.InvariantCulture)));

    /// <summary>The text of a string that stands in an object; null for what is no string.</summary>
    public static string? Decode(string? written)
    {
        var bytes = written switch
        {
            ['(', .., ')'] => Literal(written.AsSpan(1, written.Length - 2)),
            ['<', .., '>'] when written[1] != '<' => Hexadecimal(written),
            _ => null,
        };
        return bytes switch
        {
            null => null,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(bytes, 2, bytes.Length - 2),
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8.GetString(bytes, 3, bytes.Length - 3),
            _ => Encoding.Latin1.GetString(bytes),
        };
    }

    private static byte[] Hexadecimal(string written)
    {
        var digits = string.Concat(written.Where(char.IsAsciiHexDigit));
        return Convert.FromHexString(digits.Length % 2 == 0 ? digits : digits + "0");
    }

    private static byte[] Literal(ReadOnlySpan<char> written)
    {
        var bytes = new List<byte>(written.Length);
        for (var at = 0; at < written.Length; at++)
        {
            if (written[at] != '\\' || at + 1 == written.Length)
            {
                bytes.Add((byte)written[at]);
                continue;
            }

            var next = written[++at];
            if (next is >= '0' and <= '7')
            {
                var digits = 1;
                while (digits < 3 && at + digits < written.Length && written[at + digits] is >= '0' and <= '7')
                {
                    digits++;
                }

                bytes.Add((byte)written.Slice(at, digits).ToString().Aggregate(0, (value, digit) => (value * 8) + (digit - '0')));
                at += digits - 1;
            }
            else if (next is not ('\r' or '\n'))
            {
                var plain = "nrtbf".IndexOf(next, StringComparison.Ordinal);
                bytes.Add((byte)(plain < 0 ? next : "\n\r\t\b\f"[plain]));
            }
        }

        return [.. bytes];
    }
}
