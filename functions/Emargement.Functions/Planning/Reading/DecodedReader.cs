using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning.Reading;

/// <summary>Gives the characters of a file and keeps note of the lines that had to be put right. A character that cannot be read is
/// U+FFFD, for the row to refuse.</summary>
public sealed class DecodedReader : TextReader
{
    private static readonly SearchValues<char> Ends = SearchValues.Create(";,\t\"\r\n");

    private readonly DecodedText _text;
    private readonly ByteLines _lines;
    private readonly Dictionary<int, string> _repairs = [];
    private string _line = "";
    private int _at;
    private int _number;

    internal DecodedReader(DecodedText text, Stream bytes) => (_text, _lines) = (text, new ByteLines(bytes));

    /// <summary>Whether some line was longer than a reader bears.</summary>
    public bool HasOverlongLine => _lines.TooLong;

    /// <summary>Forgets and returns what was put right in the lines from one to another, as it now stands: at most one value a
    /// line.</summary>
    public IReadOnlyList<string> TakeRepairs(int first, int last)
    {
        if (_repairs.Count == 0)
        {
            return [];
        }

        var taken = new List<string>();
        for (var line = first; line <= last; line++)
        {
            if (_repairs.Remove(line, out var value))
            {
                taken.Add(value);
            }
        }

        return taken;
    }

    public override int Peek() => Fill() ? _line[_at] : -1;

    public override int Read() => Fill() ? _line[_at++] : -1;

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        var written = 0;
        while (written < buffer.Length && Fill())
        {
            var part = Math.Min(buffer.Length - written, _line.Length - _at);
            _line.AsSpan(_at, part).CopyTo(buffer[written..]);
            written += part;
            _at += part;
        }

        return written;
    }

    /// <summary>The next line with its end, or null.</summary>
    public string? NextLine()
    {
        if (!Fill())
        {
            return null;
        }

        var line = _line[_at..];
        _at = _line.Length;
        return line;
    }

    private bool Fill()
    {
        while (_at == _line.Length)
        {
            if (!_lines.Next())
            {
                return false;
            }

            (_line, _at) = (Decode(_lines.Current, ++_number), 0);
        }

        return true;
    }

    private string Decode(ReadOnlySpan<byte> line, int number)
    {
        if (!line.ContainsAnyInRange((byte)0x80, (byte)0xFF))
        {
            return Encoding.ASCII.GetString(line);
        }

        var (read, asWritten) = Read(line);
        var meant = DoubleEncoding.Repair(read);
        if (!asWritten || meant != read)
        {
            _repairs[number] = ValueAround(meant, FirstForeign(meant));
        }

        return meant;
    }

    // False beside a line that is not in the encoding of the file.
    private (string Text, bool AsWritten) Read(ReadOnlySpan<byte> line)
    {
        if (Utf8.IsValid(line))
        {
            var text = Encoding.UTF8.GetString(line);
            if (_text.IsUtf8 || text.EnumerateRunes().All(DecodedText.IsLikely))
            {
                return (text, _text.IsUtf8);
            }
        }

        return (Mixed(line, _text.IsUtf8), !_text.IsUtf8);
    }

    private string Mixed(ReadOnlySpan<byte> line, bool sequences)
    {
        var text = new StringBuilder(line.Length);
        while (!line.IsEmpty)
        {
            if ((sequences || line[0] < 0x80)
                && Rune.DecodeFromUtf8(line, out var rune, out var length) == OperationStatus.Done)
            {
                text.Append(rune);
                line = line[length..];
                continue;
            }

            var after = line.Length > 1 ? line[1] : (byte)' ';
            var next = after < 0x80 ? (char)after : 'x';
            text.Append(_text.SingleByte.Decode(line[0], text.Length > 0 ? text[^1] : ' ', next));
            line = line[1..];
        }

        return text.ToString();
    }

    private static int FirstForeign(string text)
    {
        var at = text.AsSpan().IndexOfAnyExceptInRange('\0', '\u007F');
        return at < 0 ? 0 : at;
    }

    // Where cells end is not known yet: whatever may part them does.
    private static string ValueAround(string line, int at)
    {
        var start = line.AsSpan(0, at).LastIndexOfAny(Ends) + 1;
        var length = line.AsSpan(at).IndexOfAny(Ends);
        return PlainText.Of(line[start..(length < 0 ? line.Length : at + length)]);
    }
}
