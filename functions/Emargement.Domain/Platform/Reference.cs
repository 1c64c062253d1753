using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Emargement.Domain.Platform;

/// <summary>
/// The reference under which an organisation's own system knows a training, a person or a planned slot: 1 to 100 characters in the form
/// of <see cref="PlainText"/>, an apostrophe being <c>'</c> however it was typed.
/// </summary>
public readonly record struct Reference : IComparable<Reference>
{
    public const int MaxLength = 100;

    private readonly string? _value;

    private Reference(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("A Reference is made by Parse or TryParse.");

    /// <summary>
    /// The form that is safe in a table key and in one segment of an address: every byte
    /// outside A-Z a-z 0-9 '.' '_' '-' as '~' and two hexadecimal digits.
    /// </summary>
    public string Key => Encode(Value);

    public static Reference Parse(string text) =>
        TryParse(text, out var reference) ? reference : throw new FormatException($"A reference is 1 to {MaxLength} printable characters.");

    public static bool TryParse([NotNullWhen(true)] string? text, out Reference reference)
    {
        var plain = PlainText.Within(Straight(text), MaxLength);
        reference = plain is null ? default : new Reference(plain);
        return plain is not null;
    }

    /// <summary>The text with every apostrophe the straight one: keyboards of phones write curved ones.</summary>
    internal static string? Straight(string? text) => text?.Replace('\u2019', '\'').Replace('\u2018', '\'').Replace('\u02BC', '\'');

    /// <summary>Reads back <see cref="Key"/>.</summary>
    public static bool TryParseKey([NotNullWhen(true)] string? key, out Reference reference)
    {
        reference = default;
        if (key is null)
        {
            return false;
        }

        if (key.All(IsPlain))
        {
            return TryParse(key, out reference);
        }

        var bytes = new List<byte>(key.Length);
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] != '~')
            {
                bytes.Add((byte)key[i]);
                continue;
            }

            if (i + 2 >= key.Length
                || !byte.TryParse(key.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                return false;
            }

            bytes.Add(value);
            i += 2;
        }

        // Only the one form that Key writes is accepted, so that a reference has exactly one key.
        return TryParse(Encoding.UTF8.GetString([.. bytes]), out reference) && reference.Key == key;
    }

    public int CompareTo(Reference other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    private static string Encode(string value)
    {
        if (value.All(IsPlain))
        {
            return value;
        }

        var builder = new StringBuilder(value.Length + 8);
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (IsPlain((char)b))
            {
                builder.Append((char)b);
            }
            else
            {
                builder.Append('~').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return builder.ToString();
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-';
}
