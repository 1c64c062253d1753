using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Calendars;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Ical.Net.DataTypes;
using CalendarEvent = Ical.Net.CalendarComponents.CalendarEvent;

namespace Emargement.Functions.Planning.Reading.Calendars;

/// <summary>Reads the events of one calendar, each for itself.</summary>
internal sealed class EventReader(int calendar, EventZones zones)
{
    // What else stands in an event is never looked at, and cannot harm.
    private static readonly HashSet<string> Wanted = new(
        [
            "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "SEQUENCE", "LAST-MODIFIED", "STATUS",
            "SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES",
        ],
        StringComparer.OrdinalIgnoreCase);

    private const int MaxWords = 1_000;

    private readonly EventRecurrence _recurrence = new();
    private string _name = "";
    private bool _cancels;

    /// <summary>Takes note of a line of the calendar itself: its name, and whether it takes everything back.</summary>
    public void ReadOwn(string line)
    {
        var (name, value) = (NameOf(line), line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        _cancels |= name.Equals("METHOD", StringComparison.OrdinalIgnoreCase) && value.Equals("CANCEL", StringComparison.OrdinalIgnoreCase);
        _name = name.Equals("X-WR-CALNAME", StringComparison.OrdinalIgnoreCase) ? PlainText.Within(value, 200) ?? _name : _name;
    }

    /// <param name="number">The event's, for the report.</param>
    public PlannedEvent Read(CalendarPart part, int number)
    {
        var read = new PlannedEvent
        {
            Number = number,
            Calendar = calendar,
            CalendarName = _name,
            Uid = $"sans-uid-{number}",
            Repaired = part.Repaired,
        };
        try
        {
            return Parse(part) is { } e ? Read(read, e, part) : Unreadable(read);
        }
        catch (Exception fault) when (fault
            is SerializationException or ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            return Unreadable(read with { Summary = Raw(part, "SUMMARY"), Uid = PlainText.Within(Raw(part, "UID"), 200) ?? read.Uid });
        }
    }

    private PlannedEvent Read(PlannedEvent read, CalendarEvent e, CalendarPart part)
    {
        var fields = EventFields.Of(e.Summary ?? "", e.Location ?? "", e.Description ?? "");
        var words = string.Join(
            ' ', [read.CalendarName, e.Summary, e.Location, .. e.Categories, Cut(e.Description ?? "", EventFields.MaxText)]);
        read = read with
        {
            Uid = Raw(part, "UID").Length > 0 ? PlainText.Within(e.Uid, 1_000) ?? read.Uid : Unnamed(e),
            Version = (e.Sequence, e.LastModified is { } modified ? Local(modified, SiteZone.Parse("UTC")) ?? default : default),
            Summary = Cut(PlainText.Of(e.Summary ?? ""), 200),
            Fields = fields,
            Words = Cut(CalendarWords.Of(words), MaxWords) + " ",
            IsCancelled = _cancels || string.Equals(e.Status, "CANCELLED", StringComparison.OrdinalIgnoreCase)
                || fields.IsCalledOff,
        };
        if (e.Start is not { } start)
        {
            return Unreadable(read);
        }

        if (zones.Find(start.TzId) is not { } zone)
        {
            return read with { Problem = (ImportCode.UnknownZone, ImportSentences.UnknownZone(read.Summary, start.TzId!)) };
        }

        var from = Local(start, zone);
        var to = e.End is { } end ? Local(end, zone) : from + (e.Duration?.ToTimeSpanUnspecified() ?? TimeSpan.Zero);
        if (from is null || to is null || !CalendarDay.Holds(DateOnly.FromDateTime(from.Value)) || to.Value.Year > from.Value.Year + 1)
        {
            return Unreadable(read);
        }

        return read with
        {
            Zone = zone,
            Start = from.Value,
            End = to.Value,
            IsAllDay = !start.HasTime,
            Replaces = Replaced(e, zone),
            ReplacesLater = part.Lines.Any(IsOfLater),
            Repeats = _recurrence.Of(e, from.Value, moment => Local(moment, zone)),
        };
    }

    private ReplacedOccurrence? Replaced(CalendarEvent e, SiteZone zone)
    {
        if (e.RecurrenceIdentifier?.StartTime is not { } id || Local(id, zone) is not { } at)
        {
            return null;
        }

        var day = DateOnly.FromDateTime(at);
        return new ReplacedOccurrence(day, id.HasTime ? zone.ToInstant(day, TimeOnly.FromDateTime(at)) : null);
    }

    // A moment on the clock of a zone; null when its own zone is unknown.
    private DateTime? Local(CalDateTime moment, SiteZone zone)
    {
        var wall = moment.Date.ToDateTime(moment.Time ?? TimeOnly.MinValue);
        if (!moment.HasTime || moment.TzId is null)
        {
            return wall;
        }

        return zones.Find(moment.TzId) is not { } own ? null
            : own.Equals(zone) ? wall
            : zone.ToLocal(own.ToInstant(moment.Date, moment.Time!.Value)).DateTime;
    }

    private static CalendarEvent? Parse(CalendarPart part)
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n");
        foreach (var line in part.Lines.Where(l => Wanted.Contains(NameOf(l))))
        {
            text.Append(Cut(line, 2 * EventFields.MaxText)).Append("\r\n");
        }

        return Ical.Net.Calendar.Load(text.Append("END:VEVENT\r\nEND:VCALENDAR\r\n").ToString())?.Events.FirstOrDefault();
    }

    // What it says stays what it is called: the same calendar again gives the same events.
    private static string Unnamed(CalendarEvent e) => "sans-uid-" + Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{e.Start} {e.Summary} {e.Location}")).AsSpan(0, 16));

    private static bool IsOfLater(string line) =>
        NameOf(line).Equals("RECURRENCE-ID", StringComparison.OrdinalIgnoreCase)
        && line.Contains("RANGE=THISANDFUTURE", StringComparison.OrdinalIgnoreCase);

    private static PlannedEvent Unreadable(PlannedEvent read) =>
        read with { Problem = (ImportCode.EventUnreadable, ImportSentences.UnreadableEvent(read.Summary)) };

    private static string Raw(CalendarPart part, string name) =>
        part.Lines.Where(l => NameOf(l).Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(l => PlainText.Of(l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..]))
            .FirstOrDefault("");

    private static string NameOf(string line) => line.AsSpan().IndexOfAny(':', ';') is >= 0 and var end ? line[..end] : "";

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
