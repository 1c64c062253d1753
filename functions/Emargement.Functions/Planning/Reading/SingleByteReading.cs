using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>An encoding of one byte a character, in which files without a mark of their own come: what Excel of Windows or of a Mac
/// writes.</summary>
public sealed class SingleByteReading
{
    private const string Common = "éèêàâçôîïûùëüœÉÈÊÀÂÔÎÏÛÙËÜŒ";
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

    private static SingleByteReading Dos { get; } = new("ibm850", 850);

    public string Name { get; }

    /// <summary>The reading in which the bytes of a file look most like French: that of Windows unless another shows more French
    /// letters.</summary>
    /// <param name="counts">How often each byte occurs outside UTF-8 characters.</param>
    /// <param name="areStray">Whether the file is UTF-8 but for these bytes: too few to suppose an old program.</param>
    public static SingleByteReading Of(IReadOnlyList<long> counts, bool areStray)
    {
        var best = areStray || Score(Macintosh) >= Score(Dos) ? Macintosh : Dos;
        return Score(best) > Math.Max(0, Score(Windows)) ? best : Windows;

        long Score(SingleByteReading reading) => Enumerable.Range(128, 128).Sum(b => counts[b] * Likelihood(reading._characters[b]));
    }

    /// <summary>A byte as its character, or U+FFFD when no writer would have put that character there: it has no letter for the byte, or
    /// a sign or a capital in the middle
    /// of a word, which shows that the text is in yet another encoding.</summary>
    public char Decode(byte value, char before, char after)
    {
        var c = _characters[value];
        var isStray = char.IsLetter(c)
            ? char.IsUpper(c) && char.IsLower(before) && char.IsLower(after)
            : !Punctuation.Contains(c, StringComparison.Ordinal) && char.IsLetter(before) && char.IsLetter(after);
        return char.IsControl(c) || isStray ? PlainText.Undecodable : c;
    }

    /// <summary>The byte that this reading shows as a character, or -1.</summary>
    public int ByteOf(char c) => c is >= '\u0080' and <= '\u009F' ? c : Array.IndexOf(_characters, c, 128);

    private static int Likelihood(char c) => char.IsControl(c) ? -5
        : Common.IndexOf(c, StringComparison.Ordinal) is >= 0 and var place ? (char.IsLower(Common[place]) ? 5 : 2)
        : Punctuation.Contains(c, StringComparison.Ordinal) ? 1
        : char.IsLetter(c) ? 0
        : -2;
}
