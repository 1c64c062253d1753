using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Calendars;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Functions.Planning.Reading.Calendars;

/// <summary>A calendar of an import that is whole, so that reading its events cannot fail.</summary>
public sealed class CalendarFile
{
    /// <summary>Events of one calendar at most: a year of a large organisation.</summary>
    public const int MaxEvents = 100_000;

    private readonly SpooledFile _file;

    private CalendarFile(string name, SpooledFile file) => (Name, _file) = (name, file);

    public string Name { get; }

    public ImportedFile Description => new(Name, ImportKind.Planning, "ics", "");

    /// <summary>Whether a file is a calendar, whatever its name.</summary>
    public static bool Is(SpooledFile file) => CalendarParts.IsCalendar(file);

    /// <summary>Reads the file once to its end.</summary>
    /// <returns>The calendar, or <c>import-calendar-damaged</c> or <c>import-too-many-rows</c>.</returns>
    public static Result<CalendarFile> Inspect(SpooledFile file)
    {
        try
        {
            return CalendarParts.Of(file).Count(p => p.Component == "VEVENT") > MaxEvents
                ? ImportRefusals.TooManyRows(file.Name, MaxEvents)
                : new CalendarFile(file.Name, file);
        }
        catch (InvalidDataException)
        {
            return ImportRefusals.CalendarDamaged(file.Name);
        }
    }

    /// <summary>Events of several calendars, numbered through.</summary>
    /// <param name="zone">The organisation's, for times that name none.</param>
    /// <param name="journal">Told of parts that are no events.</param>
    internal static IReadOnlyList<PlannedEvent> Events(IReadOnlyList<CalendarFile> calendars, SiteZone zone, ImportJournal journal)
    {
        var events = new List<PlannedEvent>();
        foreach (var (index, calendar) in calendars.Index())
        {
            var others = 0;
            var zones = new EventZones(zone);
            var reader = new EventReader(index, zones);
            foreach (var part in CalendarParts.Of(calendar._file))
            {
                if (part.Component == "VEVENT")
                {
                    events.Add(reader.Read(part, events.Count + 1));
                }
                else if (part.Component == "VTIMEZONE")
                {
                    zones.Add(part.Lines);
                }
                else if (part.Component.Length > 0)
                {
                    others++;
                }
                else
                {
                    reader.ReadOwn(part.Lines[0]);
                }
            }

            if (others > 0)
            {
                journal.WarnFile(calendar.Name, ImportCode.EventIgnored, ImportSentences.NoEvents(others));
            }
        }

        return events;
    }
}
