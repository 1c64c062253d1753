using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Emargement.Functions.Planning.Reading.Calendars;

/// <summary>One component of a calendar, or one line of the calendar itself.</summary>
/// <param name="Component">Its name in capitals; empty for a line of the calendar itself.</param>
/// <param name="Lines">Its lines, unfolded. Those of parts inside it are left out but for a time zone's.</param>
/// <param name="Repaired">Lines whose characters had to be put right.</param>
internal sealed record CalendarPart(string Component, IReadOnlyList<string> Lines, IReadOnlyList<string> Repaired);

/// <summary>Cuts calendars (RFC 5545) into their parts, one in memory at a time, so that a damaged event never costs another.</summary>
internal static class CalendarParts
{
    // Of one line once it is unfolded: beyond it there are only long descriptions.
    private const int MaxLine = 64 * 1024;
    private const int MaxLines = 2_000;

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Whether a file is a calendar, whatever its name.</summary>
    public static bool IsCalendar(SpooledFile file)
    {
        Span<byte> start = stackalloc byte[64];
        start = start[..file.Rewind().ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        start = (start.StartsWith(Utf8Mark) ? start[3..] : start).TrimStart(" \t\r\n"u8);
        var first = "BEGIN:VCALENDAR"u8;
        return start.Length >= first.Length && Ascii.EqualsIgnoreCase(start[..first.Length], first);
    }

    /// <summary>Its parts in order.</summary>
    /// <exception cref="InvalidDataException">The file ends before its calendar does, or its parts do not close as they opened.</exception>
    public static IEnumerable<CalendarPart> Of(SpooledFile file)
    {
        var open = new Stack<string>();
        var (lines, repaired) = (new List<string>(), new List<string>());
        foreach (var (line, isRepaired) in Unfolded(file))
        {
            if (Value(line, "BEGIN") is { } opened)
            {
                open.Push(opened);
                if (open.Count == 2)
                {
                    (lines, repaired) = ([], []);
                }
            }
            else if (Value(line, "END") is { } closed)
            {
                if (!open.TryPop(out var expected) || expected != closed)
                {
                    throw new InvalidDataException("A part of a calendar does not close.");
                }

                if (open.Count == 1)
                {
                    yield return new CalendarPart(closed, lines, repaired);
                }
            }
            else if (open.Count == 1)
            {
                yield return new CalendarPart("", [line], []);
            }
            else if ((open.Count == 2 || (open.Count > 2 && open.Contains("VTIMEZONE"))) && lines.Count < MaxLines)
            {
                lines.Add(line);
                if (isRepaired)
                {
                    repaired.Add(line);
                }
            }
        }

        if (open.Count > 0)
        {
            throw new InvalidDataException("A calendar ends too soon.");
        }
    }

    /// <summary>The value of a line with that name and no parameters, in capitals; null for any other line.</summary>
    private static string? Value(string line, string name) =>
        line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase)
            ? line[(name.Length + 1)..].Trim().ToUpperInvariant()
            : null;

    // A long line is cut anywhere, in the middle of a character too: it is put together before it is decoded.
    private static IEnumerable<(string Line, bool IsRepaired)> Unfolded(SpooledFile file)
    {
        var bytes = new ByteLines(file.Rewind());
        var pending = new ArrayBufferWriter<byte>();
        while (bytes.Next())
        {
            var start = Append(bytes.Current, pending);
            if (start < 0)
            {
                continue;
            }

            if (start > 0)
            {
                yield return Decoded(pending.WrittenSpan[..start]);
            }

            var rest = pending.WrittenSpan[start..].ToArray();
            pending.ResetWrittenCount();
            pending.Write(rest);
        }

        if (pending.WrittenCount > 0)
        {
            yield return Decoded(pending.WrittenSpan);
        }
    }

    // Where the line that begins here starts in what is pending; -1 when it goes on with the one before, or is empty.
    private static int Append(ReadOnlySpan<byte> current, ArrayBufferWriter<byte> pending)
    {
        var line = current.TrimEnd("\r\n"u8);
        if (line.IsEmpty)
        {
            return -1;
        }

        var before = pending.WrittenCount;
        if (before > 0 && line[0] is (byte)' ' or (byte)'\t')
        {
            var room = Math.Max(0, MaxLine - before);
            pending.Write(line[1..Math.Min(line.Length, room + 1)]);
            return -1;
        }

        pending.Write(line.StartsWith(Utf8Mark) ? line[3..] : line[..Math.Min(line.Length, MaxLine)]);
        return before;
    }

    private static (string Line, bool IsRepaired) Decoded(ReadOnlySpan<byte> line)
    {
        var isUtf8 = Utf8.IsValid(line);
        var read = isUtf8 ? Encoding.UTF8.GetString(line) : Western(line);
        var meant = DoubleEncoding.Repair(read);
        return (string.Concat(meant.Where(c => !char.IsControl(c) || c == '\t')), !isUtf8 || meant != read);
    }

    private static string Western(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            var after = i + 1 < line.Length && line[i + 1] < 0x80 ? (char)line[i + 1] : 'x';
            text.Append(line[i] < 0x80 ? (char)line[i] : SingleByteReading.Windows.Decode(line[i], i > 0 ? text[^1] : ' ', after));
        }

        return text.ToString();
    }
}
