using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>What the planning file may refer to: stored, or in the same import.</summary>
public sealed record PlanningContext(
    Organisation Organisation,
    KnownReferences TrainingRefs,
    Func<Reference, Training?> Training,
    KnownTrainers Trainers,
    KnownGroups Groups);

/// <summary>Reads the planning: each good row becomes one Session, or two when a break splits it. Rows that repeat a slot for another
/// trainer or group add them to it.</summary>
public sealed class PlanningRows(ImportJournal journal, PlanningContext context)
{
    private readonly List<PlannedSession> _sessions = [];

    // By reference of a slot or of a Session: the place of its (first) Session.
    private readonly Dictionary<Reference, int> _places = [];
    private readonly HashSet<Reference> _refused = [];
    private readonly Dictionary<Reference, DateOnly> _cancelled = [];
    private readonly Dictionary<string, string> _texts = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _groups = [];
    private readonly List<(PlannedSession Session, string Stranger)> _strangers = [];
    private int _line;

    /// <summary>Rows read, good or bad. All occurrences of a calendar's event are one.</summary>
    public int Read { get; private set; }

    public IReadOnlyList<PlannedSession> Sessions => _sessions;

    /// <summary>References of refused rows that no good row has.</summary>
    public IReadOnlySet<Reference> RefusedSlots => _refused;

    /// <summary>Slots that the file says no longer take place, and the day that each had.</summary>
    public IReadOnlyDictionary<Reference, DateOnly> CancelledSlots => _cancelled;

    /// <summary>Whether the rows are a calendar's, which speaks of the groups in it and of no others.</summary>
    public bool AreOfCalendar { get; private set; }

    public void Add(ImportRow row)
    {
        Read += row.Line == _line ? 0 : 1;
        _line = row.Line;
        AreOfCalendar |= row.Heading.IsOfCalendar;
        row.CheckShape();

        // The suffix of a half must still fit in a reference.
        var reference = row.RequiredReference("seance_ref", Reference.MaxLength - SlotSplit.BeforeBreak.Length);
        if (row.Cancels && row.Problem is null)
        {
            _cancelled[reference] = row.RequiredDate("date");
            return;
        }

        var (slot, stranger) = ReadSlot(row, reference);
        if (row.Problem is null && FindTaken(reference) is { } taken && !TryJoin(slot, taken))
        {
            row.Refuse(ImportCode.DuplicateInFile, ImportSentences.Duplicate(taken.Line));
        }

        if (row.Reported(journal, "seance_ref"))
        {
            // A reference kept from an earlier line is not refused: the file has it.
            if (reference != default && !_places.ContainsKey(reference))
            {
                _refused.Add(reference);
            }

            return;
        }

        if (stranger is not null)
        {
            _strangers.Add((_places.TryGetValue(reference, out var joined) ? _sessions[joined] : slot[0], stranger));
        }

        if (_places.ContainsKey(reference))
        {
            return;
        }

        _refused.Remove(reference);
        _places[reference] = _sessions.Count;
        foreach (var session in slot)
        {
            _places[session.Ref] = _sessions.Count;
            _sessions.Add(session);
        }

        WarnOfDay(row, slot[0]);
    }

    /// <summary>Reports trainers whom nobody knows, once it is known whether a stored trainer stays in their place.</summary>
    public void WarnOfStrangers()
    {
        foreach (var (session, stranger) in _strangers.DistinctBy(s => (s.Session.Line, s.Stranger)))
        {
            var stays = session.TrainerRef is { } trainer && context.Trainers.References.Find(trainer) is not null ? trainer.Value : null;
            journal.Warn(
                ImportKind.Planning, session.Line, session.SlotRef.Value, ImportCode.UnknownTrainer,
                ImportSentences.UnknownTrainer(stranger, stays));
        }
    }

    // No Session when the row is refused; and a trainer whom nobody knows.
    private (List<PlannedSession> Slot, string? Stranger) ReadSlot(ImportRow row, Reference reference)
    {
        var trainingRef = row.Named("action_ref", row.RequiredReference("action_ref"), context.TrainingRefs);
        var date = row.RequiredDate("date");
        var (start, end) = SlotRow.Times(row);
        var pause = SlotRow.Break(row, start);
        var modality = SlotRow.ReadModality(row);
        var training = row.Problem is null ? context.Training(trainingRef) : null;
        if (row.Problem is null && training is null)
        {
            row.Refuse(ImportCode.UnknownAction, ImportSentences.UnknownAction(trainingRef.Value));
        }

        var groups = SlotRow.Groups(row, trainingRef, context.Groups);
        var (trainers, stranger) = SlotRow.Trainers(row, context.Trainers);
        var parts = SlotSplit.Of(start, end, pause, (context.Organisation.LunchStart, context.Organisation.LunchEnd));
        CheckHours(row, date, start, parts);
        if (row.Problem is not null)
        {
            return ([], null);
        }

        // Nobody to match: what is written is kept, for the day on which the trainer is known.
        Reference? unknown = Reference.TryParse(stranger, out var written) ? written : null;
        var trainer = trainers.Count > 0 ? trainers[0] : unknown;
        var unsaid = Unsaid(row.Heading) | (trainers.Count == 0 && stranger is not null ? UnsaidParts.Trainer : UnsaidParts.None);
        return ([.. parts.Select(part => new PlannedSession
        {
            Ref = part.Suffix.Length == 0 ? reference : Reference.Parse(reference.Value + part.Suffix),
            SlotRef = reference,
            TrainingRef = training!.Ref,
            Groups = Shared(groups),
            TrainerRef = trainer is { } t ? Reference.Parse(Shared(t.Value)!) : null,
            CoTrainerRefs = trainers.Count > 1 ? [.. trainers.Skip(1).Order()] : [],
            Module = Shared(row.Optional("module")),
            Site = Shared(row.Optional("site")),
            Room = Shared(row.Optional("salle")),
            Modality = modality,
            Date = date,
            HalfDay = part.Start < start ? HalfDay.Evening : HalfDays.Of(part.Start, part.End),
            Start = Instant(date, start, part.Start),
            End = Instant(date, start, part.End),
            Line = row.Line,
            Unsaid = unsaid,
        })], stranger);
    }

    private DateTimeOffset Instant(DateOnly date, TimeOnly start, TimeOnly time) =>
        context.Organisation.Zone.ToInstant(DayOf(date, start, time), time);

    // A time before the slot's start is on the next day.
    private static DateOnly DayOf(DateOnly date, TimeOnly start, TimeOnly time) => time < start ? date.AddDays(1) : date;

    private void CheckHours(ImportRow row, DateOnly date, TimeOnly start, IReadOnlyList<SlotPart> parts)
    {
        if (row.Problem is not null)
        {
            return;
        }

        var zone = context.Organisation.Zone;
        var edges = parts.SelectMany(p => new[] { (Time: p.Start, IsEnd: false), (Time: p.End, IsEnd: true) })
            .Select(e => (e.Time, e.IsEnd, Day: DayOf(date, start, e.Time)))
            .ToList();

        // A slot may end at the very moment at which the clock is put forward.
        var none = edges.Find(e => zone.IsSkipped(e.Day, e.IsEnd ? e.Time.AddMinutes(-1) : e.Time));
        var twice = edges.Find(e => zone.IsDoubled(e.Day, e.Time));
        if (none != default)
        {
            row.Refuse(ImportCode.NoSuchHour, ImportSentences.NoSuchHour(Shown(none.Day), Shown(none.Time)));
        }
        else if (twice != default)
        {
            row.Warn(ImportCode.DoubledHour, ImportSentences.DoubledHour(Shown(twice.Day), Shown(twice.Time)));
        }
    }

    // A slot's reference with a suffix may be that of another slot: both would be one Session.
    private PlannedSession? FindTaken(Reference reference)
    {
        foreach (var suffix in new[] { "", SlotSplit.BeforeBreak, SlotSplit.AfterBreak })
        {
            if (_places.TryGetValue(suffix.Length == 0 ? reference : Reference.Parse(reference.Value + suffix), out var place))
            {
                return _sessions[place];
            }
        }

        return null;
    }

    // The same slot again, but for who teaches or who attends: one Session, with all of them.
    private bool TryJoin(List<PlannedSession> slot, PlannedSession taken)
    {
        if (taken.SlotRef != slot[0].SlotRef)
        {
            return false;
        }

        var first = _places[taken.SlotRef];
        var known = _sessions.Skip(first).TakeWhile(s => s.SlotRef == taken.SlotRef).ToList();
        if (known.Count != slot.Count || !known.Zip(slot).All(p => IsSameBut(p.First, p.Second)) || !AddsSomebody(slot[0], known[0]))
        {
            return false;
        }

        foreach (var (session, more) in known.Zip(slot))
        {
            session.Groups = Shared([.. session.Groups.Union(more.Groups).Order(StringComparer.Ordinal)]);
            session.TrainerRef ??= more.TrainerRef;
            session.CoTrainerRefs = [.. session.Trainers.Union(more.Trainers).Where(t => t != session.TrainerRef).Order()];
        }

        return true;
    }

    private static bool IsSameBut(PlannedSession a, PlannedSession b) =>
        (a.Ref, a.TrainingRef, a.Start, a.End) == (b.Ref, b.TrainingRef, b.Start, b.End)
            && (a.Module, a.Site, a.Room, a.Modality) == (b.Module, b.Site, b.Room, b.Modality);

    private static bool AddsSomebody(PlannedSession row, PlannedSession known) =>
        row.Groups.Except(known.Groups).Any() || row.Trainers.Except(known.Trainers).Any();

    private static UnsaidParts Unsaid(ImportHeading heading) =>
        (heading.Has("formateur_ref") ? UnsaidParts.None : UnsaidParts.Trainer)
        | (heading.Has("module") ? UnsaidParts.None : UnsaidParts.Module)
        | (heading.Has("site") ? UnsaidParts.None : UnsaidParts.Site)
        | (heading.Has("salle") ? UnsaidParts.None : UnsaidParts.Room)
        | (heading.Has("modalite") ? UnsaidParts.None : UnsaidParts.Modality);

    private void WarnOfDay(ImportRow row, PlannedSession session)
    {
        var (date, training) = (session.Date, context.Training(session.TrainingRef)!);
        if (Holidays.On(date, context.Organisation.Holidays) is { } holiday)
        {
            Warn(ImportCode.PublicHoliday, ImportSentences.Holiday(Shown(date), holiday));
        }

        if (date.DayOfWeek == DayOfWeek.Sunday)
        {
            Warn(ImportCode.Sunday, ImportSentences.Sunday(Shown(date)));
        }

        if (date < training.FirstDay || date > training.LastDay)
        {
            Warn(ImportCode.OutsideTrainingDates, ImportSentences.OutsideTraining(
                Shown(date), Shown(training.FirstDay), Shown(training.LastDay)));
        }

        void Warn(string code, string sentence) => journal.Warn(ImportKind.Planning, row.Line, session.SlotRef.Value, code, sentence);
    }

    private static string Shown(DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Shown(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    // A planning repeats its few groups, rooms and modules on every row: each is kept once.
    private string? Shared(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return _texts.TryGetValue(text, out var kept) ? kept : _texts[text] = text;
    }

    private IReadOnlyList<string> Shared(IReadOnlyList<string> groups)
    {
        var key = groups.Count == 1 ? groups[0] : string.Join('\n', groups);
        return _groups.TryGetValue(key, out var kept) ? kept : _groups[key] = groups;
    }
}
