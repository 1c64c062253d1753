using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>An encoding of one byte a character, in which files without a mark of their own come: what Excel of Windows or of a Mac
/// writes.</summary>
public sealed class SingleByteReading
{
    private const string Common = "éèêàâçôîïûùëüœÉÈÊÀÂÇÔÎÏÛÙËÜŒ";
    private const string Punctuation = "\u00A0’‘“”«»–—…°€·²³ºª";

    private readonly char[] _characters;

    private SingleByteReading(string name, int codePage)
    {
        Name = name;
        var bytes = new byte[256];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)i;
        }

        _characters = CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetString(bytes).ToCharArray();
    }

    public static SingleByteReading Windows { get; } = new("windows-1252", 1252);

    public static SingleByteReading Macintosh { get; } = new("macintosh", 10000);

    public string Name { get; }

    /// <summary>The reading in which the bytes of a file look most like French: a Mac's only when it shows French letters, and more of
    /// them.</summary>
    /// <param name="counts">How often each byte occurs outside UTF-8 characters.</param>
    public static SingleByteReading Of(IReadOnlyList<long> counts)
    {
        return Score(Macintosh) > Math.Max(0, Score(Windows)) ? Macintosh : Windows;

        long Score(SingleByteReading reading) => Enumerable.Range(128, 128).Sum(b => counts[b] * Likelihood(reading._characters[b]));
    }

    /// <summary>A byte as its character, or U+FFFD when no writer would have put that character there: it has no letter for the byte, or
    /// a sign in the middle of a word.</summary>
    public char Decode(byte value, char before, char after)
    {
        var c = _characters[value];
        return char.IsControl(c)
            || (!char.IsLetter(c) && !Punctuation.Contains(c, StringComparison.Ordinal) && char.IsLetter(before) && char.IsLetter(after))
            ? PlainText.Undecodable
            : c;
    }

    /// <summary>The byte that this reading shows as a character, or -1.</summary>
    public int ByteOf(char c) => c is >= '\u0080' and <= '\u009F' ? c : Array.IndexOf(_characters, c, 128);

    private static int Likelihood(char c) => char.IsControl(c) ? -5
        : Common.IndexOf(c, StringComparison.Ordinal) is >= 0 and var place ? (place < Common.Length / 2 ? 5 : 2)
        : Punctuation.Contains(c, StringComparison.Ordinal) ? 1
        : char.IsLetter(c) ? 0
        : -2;
}
