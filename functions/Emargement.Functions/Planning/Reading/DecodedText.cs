using System.Text;

namespace Emargement.Functions.Planning.Reading;

/// <summary>How the bytes of a file are its characters: found by looking at all of it, then decided a line at a time, so that one foreign
/// byte never changes
/// what another line says.</summary>
public sealed class DecodedText
{
    private readonly SpooledFile _file;
    private readonly Encoding? _wide;
    private readonly int _mark;

    private DecodedText(SpooledFile file, Encoding? wide, int mark) => (_file, _wide, _mark) = (file, wide, mark);

    /// <summary>Whether its lines are UTF-8 unless they cannot be; else they are <see cref="SingleByte"/> unless they can only be
    /// UTF-8.</summary>
    public bool IsUtf8 { get; private set; } = true;

    /// <summary>What a byte is that belongs to no UTF-8 character.</summary>
    public SingleByteReading SingleByte { get; private set; } = SingleByteReading.Windows;

    /// <summary><c>utf-8</c>, <c>utf-16</c>, <c>windows-1252</c> or <c>macintosh</c>.</summary>
    public string Name => _wide is not null ? "utf-16" : IsUtf8 ? "utf-8" : SingleByte.Name;

    /// <summary>Looks at the whole file.</summary>
    /// <returns>Null when it is no text.</returns>
    public static DecodedText? Of(SpooledFile file)
    {
        Span<byte> start = stackalloc byte[64];
        start = start[..file.Rewind().ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (start.StartsWith("%PDF-"u8))
        {
            return null;
        }

        var text = start switch
        {
            [0xFF, 0xFE, ..] => new DecodedText(file, Encoding.Unicode, 2),
            [0xFE, 0xFF, ..] => new DecodedText(file, Encoding.BigEndianUnicode, 2),
            [0xEF, 0xBB, 0xBF, ..] => new DecodedText(file, null, 3),
            _ => new DecodedText(file, WithoutMark(start), 0),
        };
        return text.Measure() ? text : null;
    }

    /// <summary>Its lines, decoded, from the first.</summary>
    public DecodedReader Open() => new(this, Bytes());

    // Two bytes a character without a mark: every second byte of a heading is zero.
    private static Encoding? WithoutMark(ReadOnlySpan<byte> start)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i < start.Length; i++)
        {
            even += i % 2 == 0 && start[i] == 0 ? 1 : 0;
            odd += i % 2 == 1 && start[i] == 0 ? 1 : 0;
        }

        var enough = start.Length / 2 * 9 / 10;
        return (enough, odd, even) switch
        {
            ( < 4, _, _) => null,
            (_, _, 0) when odd >= enough => Encoding.Unicode,
            (_, 0, _) when even >= enough => Encoding.BigEndianUnicode,
            _ => null,
        };
    }

    private Stream Bytes()
    {
        var content = _file.Rewind();
        content.Position = _mark;
        return _wide is null ? content : Encoding.CreateTranscodingStream(content, _wide, Encoding.UTF8, leaveOpen: true);
    }

    private bool Measure()
    {
        var (sequences, strays) = (0L, new long[256]);
        var lines = new ByteLines(Bytes());
        while (lines.Next())
        {
            var line = lines.Current;
            if (line.Contains((byte)0))
            {
                return false;
            }

            while (line.IndexOfAnyInRange((byte)0x80, (byte)0xFF) is >= 0 and var at)
            {
                line = line[at..];
                var known = Rune.DecodeFromUtf8(line, out var rune, out var length) == System.Buffers.OperationStatus.Done;
                if (known)
                {
                    sequences += IsLikely(rune) ? 1 : 0;
                }
                else
                {
                    strays[line[0]]++;
                    length = 1;
                }

                line = line[length..];
            }
        }

        IsUtf8 = _mark == 3 || _wide is not null || sequences >= strays.Sum();
        SingleByte = SingleByteReading.Of(strays, areStray: IsUtf8);
        return true;
    }

    /// <summary>Whether a character read as UTF-8 is one that names and titles have; two letters of another encoding may look like one of
    /// phonetic script.</summary>
    internal static bool IsLikely(Rune rune) => rune.Value is not (>= 0x0180 and <= 0x02FF);
}
