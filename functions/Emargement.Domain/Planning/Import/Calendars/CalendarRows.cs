using System.Globalization;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Import.Calendars;

/// <summary>Turns the events of an import's calendars into rows of a planning: one an occurrence. From there on a calendar is a planning
/// like any other.</summary>
public sealed class CalendarRows(ImportJournal journal, CalendarContext context)
{
    /// <summary>Occurrences of one event at most: half-days of more than a year.</summary>
    public const int MaxOccurrences = 1_000;

    private static readonly TimeSpan LongestSlot = TimeSpan.FromHours(12);

    private readonly CalendarMapping _mapping = new(context);
    private readonly Dictionary<string, ImportHeading> _headings = [];

    /// <param name="events">Of all the calendars of an import.</param>
    public IEnumerable<ImportRow> Of(IReadOnlyList<PlannedEvent> events)
    {
        var latest = Latest(events);
        var replaced = latest.Where(e => e.Replaces is not null).ToLookup(e => (e.Calendar, e.Uid), e => e.Replaces!.Value);
        var several = latest.Where(e => e.Replaces is null && e.Repeats is null)
            .GroupBy(e => e.Identity)
            .Where(same => same.Select(e => e.Instant(e.Start)).Distinct().Skip(1).Any())
            .Select(same => same.Key)
            .ToHashSet();
        var later = latest.Where(e => e is { ReplacesLater: true, Problem: null }).ToLookup(e => (e.Calendar, e.Uid));
        return latest.SelectMany(e => RowsOf(
            e, several.Contains(e.Identity), [.. replaced[(e.Calendar, e.Uid)]],
            [.. later[(e.Calendar, e.Uid)].OrderBy(l => l.Replaces!.Value.Day)]));
    }

    // Calendars repeat an event, as it is or in an older version: each counts once.
    private static List<PlannedEvent> Latest(IReadOnlyList<PlannedEvent> events)
    {
        var last = new Dictionary<(int, string, ReplacedOccurrence?), (int, DateTime)>();
        foreach (var e in events)
        {
            var key = (e.Calendar, e.Uid, e.Replaces);
            last[key] = last.TryGetValue(key, out var known) && known.CompareTo(e.Version) > 0 ? known : e.Version;
        }

        return [.. events
            .Where(e => last[(e.Calendar, e.Uid, e.Replaces)] == e.Version)
            .DistinctBy(e => (e.Identity, e.Replaces, e.Start, e.End, e.IsCancelled, e.Words))];
    }

    private List<ImportRow> RowsOf(
        PlannedEvent e, bool isOneOfSeveral, HashSet<ReplacedOccurrence> replaced, IReadOnlyList<PlannedEvent> later)
    {
        if (e.IsAllDay && e.Problem is null)
        {
            journal.Warn(ImportKind.Planning, e.Number, e.Identity, ImportCode.EventIgnored, ImportSentences.WholeDays(e.Summary));
            return [];
        }

        var target = e.Problem is null && !e.IsCancelled ? _mapping.Find(e) : null;
        var problem = e.Problem
            ?? (target is null && !e.IsCancelled ? (ImportCode.UnmappedEvent, ImportSentences.UnmappedEvent(e.Summary)) : null);
        if (problem is not null || e.Repeats is null || e.Replaces is not null)
        {
            return [Row(e, e.Start, e.Replaces is { } r ? r.Day : isOneOfSeveral ? LocalDay(e, e.Start) : null, target, problem)];
        }

        return Occurrences(e, target, replaced, later);
    }

    private List<ImportRow> Occurrences(
        PlannedEvent e, (Platform.Reference Training, string Groups)? target, HashSet<ReplacedOccurrence> replaced,
        IReadOnlyList<PlannedEvent> later)
    {
        var rows = new List<ImportRow>();
        var training = target is { } t ? context.Training(t.Training) : null;
        foreach (var start in e.Repeats!.Starts)
        {
            if (start is not { } at || rows.Count == MaxOccurrences)
            {
                var endless = (ImportCode.EventUnreadable, ImportSentences.EndlessEvent(e.Summary, MaxOccurrences));
                return [Row(e, e.Start, null, target, endless)];
            }

            var day = LocalDay(e, at);
            if (e.Repeats.IsOpenEnded && training is not null && day < training.FirstDay)
            {
                continue;
            }

            if (e.Repeats.IsOpenEnded && (training is null || day > training.LastDay))
            {
                break;
            }

            if (!replaced.Contains(new(DateOnly.FromDateTime(at), null)) && !replaced.Any(r => r.At == e.Instant(at)))
            {
                rows.Add(later.LastOrDefault(l => l.Replaces!.Value.Day < DateOnly.FromDateTime(at)) is { } changed
                    ? Row(changed, at + changed.Shift(e), day, _mapping.Find(changed) ?? target, null)
                    : Row(e, at, day, target, null));
            }
        }

        return rows;
    }

    private ImportRow Row(
        PlannedEvent e, DateTime start, DateOnly? day, (Platform.Reference Training, string Groups)? target,
        (string Code, string Sentence)? problem)
    {
        var (from, to) = (Local(e, start), Local(e, start + (e.End - e.Start)));
        var reference = day is { } d ? $"{e.Identity}/{d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : e.Identity;
        var values = new List<(string Column, string Value)>
        {
            ("seance_ref", reference),
            ("action_ref", target?.Training.Value ?? ""),
            ("date", from.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)),
            ("debut", from.ToString("HH:mm", CultureInfo.InvariantCulture)),
            ("fin", to.ToString("HH:mm", CultureInfo.InvariantCulture)),
            ("groupe", target?.Groups ?? ""),
        };

        // What an event does not say, it leaves as it is.
        AddIfAny("formateur_ref", _mapping.Trainers(e));
        AddIfAny("module", e.Fields.Module);
        AddIfAny("salle", e.Fields.Room);
        AddIfAny("modalite", e.Fields.Modality switch { Modality.Distance => "D", Modality.Company => "E", null => null, _ => "P" });
        var row = new ImportRow(Heading(values), e.Number, [.. values.Select(v => v.Value)], e.Repaired) { Cancels = e.IsCancelled };
        var length = e.Instant(start + (e.End - e.Start)) - e.Instant(start);
        if (problem is var (code, sentence))
        {
            row.Refuse(code, sentence);
        }
        else if (length > LongestSlot)
        {
            // Its times of day alone would look like a day's work.
            row.Refuse(ImportCode.TooLong, ImportSentences.SlotTooLong(length.TotalHours));
        }

        return row;

        void AddIfAny(string column, string? value)
        {
            if (value is not null)
            {
                values.Add((column, value));
            }
        }
    }

    private ImportHeading Heading(List<(string Column, string Value)> values)
    {
        var columns = string.Join(';', values.Select(v => v.Column));
        return _headings.TryGetValue(columns, out var known)
            ? known
            : _headings[columns] = ImportHeading.OfCalendar([.. values.Select(v => v.Column)]);
    }

    private DateTime Local(PlannedEvent e, DateTime wall) =>
        e.Zone.Equals(context.Zone) ? wall : context.Zone.ToLocal(e.Instant(wall)).DateTime;

    private DateOnly LocalDay(PlannedEvent e, DateTime wall) => DateOnly.FromDateTime(Local(e, wall));
}
