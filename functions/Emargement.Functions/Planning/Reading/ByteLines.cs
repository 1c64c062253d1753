namespace Emargement.Functions.Planning.Reading;

/// <summary>Cuts a stream of bytes into lines, each with its end. Every encoding in which files come keeps the bytes of line ends for
/// them alone.</summary>
internal sealed class ByteLines(Stream source)
{
    /// <summary>Bytes of one line at most: a longer one is given in pieces, and is refused by whoever reads it.</summary>
    public const int MaxLine = 1024 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;
    private int _length;
    private bool _ended;

    /// <summary>The line that <see cref="Next"/> found.</summary>
    public ReadOnlySpan<byte> Current => _buffer.AsSpan(_start - _length, _length);

    /// <summary>Whether some line was longer than <see cref="MaxLine"/>.</summary>
    public bool TooLong { get; private set; }

    /// <returns>False at the end.</returns>
    public bool Next()
    {
        var searched = 0;
        while (true)
        {
            var rest = _buffer.AsSpan(_start, _end - _start);
            var at = rest[searched..].IndexOfAny((byte)'\n', (byte)'\r');
            if (at >= 0)
            {
                at += searched;
                var isLast = at + 1 == rest.Length;
                if (rest[at] == '\n' || (!isLast && rest[at + 1] != '\n') || (isLast && _ended))
                {
                    return Take(at + 1);
                }

                if (!isLast)
                {
                    return Take(at + 2);
                }
            }

            // A carriage return at the end is looked at again when what follows is known.
            searched = at >= 0 ? at : rest.Length;
            if (rest.Length >= MaxLine)
            {
                TooLong = true;
                return Take(rest.Length);
            }

            if (_ended)
            {
                return rest.Length > 0 && Take(rest.Length);
            }

            Fill();
        }
    }

    private bool Take(int length)
    {
        _start += length;
        _length = length;
        return true;
    }

    private void Fill()
    {
        var rest = _end - _start;
        if (_start > 0)
        {
            _buffer.AsSpan(_start, rest).CopyTo(_buffer);
        }
        else if (rest == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        (_start, _end) = (0, rest);
        var read = source.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        _ended = read == 0;
    }
}
