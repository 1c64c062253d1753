using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Import;

/// <summary>What the planning file may refer to: stored, or in the same import.</summary>
public sealed record PlanningContext(
    Organisation Organisation,
    Func<Reference, Training?> Training,
    Func<Reference, bool> TrainerExists,
    Func<(Reference Training, string Group), bool> GroupExists);

/// <summary>Reads the planning: each good row becomes one Session, or two when a break splits it.</summary>
public sealed class PlanningRows(ImportJournal journal, PlanningContext context)
{
    private static readonly TimeSpan LongestSlot = TimeSpan.FromHours(12);

    private readonly List<PlannedSession> _sessions = [];
    private readonly Dictionary<Reference, int> _lineOfRef = [];
    private readonly HashSet<Reference> _refused = [];
    private readonly Dictionary<string, string> _texts = [];

    /// <summary>Rows read, good or bad.</summary>
    public int Read { get; private set; }

    public IReadOnlyList<PlannedSession> Sessions => _sessions;

    /// <summary>References of refused rows that no good row has.</summary>
    public IReadOnlySet<Reference> RefusedSlots => _refused;

    public void Add(ImportRow row)
    {
        Read++;
        row.CheckShape();

        // The suffix of a half must still fit in a reference.
        var reference = row.RequiredReference("seance_ref", Reference.MaxLength - SlotSplit.BeforeBreak.Length);
        var trainingRef = row.RequiredReference("action_ref");
        var date = row.RequiredDate("date");
        var start = row.RequiredTime("debut");
        var end = row.RequiredTime("fin");
        var pause = Break(row);
        var group = row.RequiredReference("groupe");
        var modality = ReadModality(row);
        CheckTimes(row, start, end);
        var training = CheckReferences(row, reference, trainingRef, group);
        if (row.Reported(journal, "seance_ref"))
        {
            // A reference kept from an earlier line is not refused: the file has it.
            if (reference != default && !_lineOfRef.ContainsKey(reference))
            {
                _refused.Add(reference);
            }

            return;
        }

        _refused.Remove(reference);
        _lineOfRef[reference] = row.Line;
        Reference? trainer = Reference.TryParse(row.Text("formateur_ref"), out var trainerRef) ? Shared(trainerRef) : null;
        var zone = context.Organisation.Zone;
        foreach (var part in SlotSplit.Of(start, end, pause, (context.Organisation.LunchStart, context.Organisation.LunchEnd)))
        {
            var sessionRef = part.Suffix.Length == 0 ? reference : Reference.Parse(reference.Value + part.Suffix);
            _lineOfRef[sessionRef] = row.Line;
            _sessions.Add(new PlannedSession
            {
                Ref = sessionRef,
                SlotRef = reference,
                TrainingRef = training!.Ref,
                Group = Shared(group.Value)!,
                TrainerRef = trainer,
                Module = Shared(row.Optional("module")),
                Site = Shared(row.Optional("site")),
                Room = Shared(row.Optional("salle")),
                Modality = modality,
                Date = date,
                HalfDay = HalfDays.Of(part.Start, part.End),
                Start = zone.ToInstant(date, part.Start),
                End = zone.ToInstant(date, part.End),
                Line = row.Line,
            });
        }

        WarnOfDay(row, reference, date, training!);
        if (trainer is { } t && !context.TrainerExists(t))
        {
            journal.Warn(ImportKind.Planning, row.Line, reference.Value, ImportCode.UnknownTrainer, ImportSentences.UnknownTrainer(t.Value));
        }
    }

    /// <summary>Reports trainers in two places and groups in one room, once every row is read.</summary>
    /// <param name="others">Stored Sessions that stay beside the file's.</param>
    public void WarnOfOverlaps(IReadOnlyList<TakenSpan> others)
    {
        var spans = _sessions
            .SelectMany(s => SessionResources.Of(s.TrainerRef, s.Site, s.Room, s.Modality)
                .Select(resource => new TakenSpan(resource, s.Start, s.End, s.Line, "")))
            .Concat(others)
            .ToLookup(s => s.Resource.StartsWith(SessionResources.TrainerPrefix, StringComparison.Ordinal));
        var byLine = new Dictionary<int, PlannedSession>();
        foreach (var session in _sessions)
        {
            byLine.TryAdd(session.Line, session);
        }

        foreach (var (line, earlier) in Overlaps.LaterLines(spans[true]))
        {
            Warn(line, ImportCode.TrainerOverlap, s => ImportSentences.TrainerOverlap(s.TrainerRef!.Value.Value, Label(earlier)));
        }

        foreach (var (line, earlier) in Overlaps.LaterLines(spans[false]))
        {
            Warn(line, ImportCode.RoomOverlap, s => ImportSentences.RoomOverlap(s.Room!, Label(earlier)));
        }

        void Warn(int line, string code, Func<PlannedSession, string> sentence) =>
            journal.Warn(ImportKind.Planning, line, byLine[line].SlotRef.Value, code, sentence(byLine[line]));

        string Label(TakenSpan span) => span.Line > 0 ? $"ligne {span.Line}, {byLine[span.Line].SlotRef}" : span.Label;
    }

    private static (TimeOnly Start, TimeOnly End)? Break(ImportRow row)
    {
        if (row.Text("pause_debut").Length == 0 && row.Text("pause_fin").Length == 0)
        {
            return null;
        }

        var start = row.RequiredTime("pause_debut");
        var end = row.RequiredTime("pause_fin");
        if (row.Problem is null && end <= start)
        {
            row.Refuse(ImportCode.EndBeforeStart, ImportSentences.EndBeforeStart("la pause", row.Text("pause_debut"), row.Text("pause_fin")));
        }

        return (start, end);
    }

    private static Modality ReadModality(ImportRow row)
    {
        var text = row.Text("modalite");
        switch (text.ToUpperInvariant())
        {
            case "" or "P":
                return Modality.Centre;
            case "D":
                return Modality.Distance;
            case "E":
                return Modality.Company;
            default:
                row.Refuse(ImportCode.InvalidModality, ImportSentences.Modality(text));
                return default;
        }
    }

    private static void CheckTimes(ImportRow row, TimeOnly start, TimeOnly end)
    {
        if (end <= start)
        {
            row.Refuse(ImportCode.EndBeforeStart, ImportSentences.EndBeforeStart("le créneau", row.Text("debut"), row.Text("fin")));
        }
        else if (end - start > LongestSlot)
        {
            row.Refuse(ImportCode.TooLong, ImportSentences.SlotTooLong((end - start).TotalHours));
        }
    }

    private Training? CheckReferences(ImportRow row, Reference reference, Reference trainingRef, Reference group)
    {
        if (row.Problem is not null)
        {
            return null;
        }

        if (TakenBy(reference) is { } line)
        {
            row.Refuse(ImportCode.DuplicateInFile, ImportSentences.Duplicate(line));
            return null;
        }

        var training = context.Training(trainingRef);
        if (training is null)
        {
            row.Refuse(ImportCode.UnknownAction, ImportSentences.UnknownAction(trainingRef.Value));
        }
        else if (!context.GroupExists((trainingRef, group.Value)))
        {
            row.Refuse(ImportCode.UnknownGroup, ImportSentences.UnknownGroup(group.Value, trainingRef.Value));
        }

        return training;
    }

    // A slot's reference with a suffix may be that of another slot: both would be one Session.
    private int? TakenBy(Reference reference)
    {
        foreach (var suffix in new[] { "", SlotSplit.BeforeBreak, SlotSplit.AfterBreak })
        {
            if (_lineOfRef.TryGetValue(suffix.Length == 0 ? reference : Reference.Parse(reference.Value + suffix), out var line))
            {
                return line;
            }
        }

        return null;
    }

    private void WarnOfDay(ImportRow row, Reference reference, DateOnly date, Training training)
    {
        var shown = Shown(date);
        if (Holidays.On(date, context.Organisation.Holidays) is { } holiday)
        {
            Warn(ImportCode.PublicHoliday, ImportSentences.Holiday(shown, holiday));
        }

        if (date.DayOfWeek == DayOfWeek.Sunday)
        {
            Warn(ImportCode.Sunday, ImportSentences.Sunday(shown));
        }

        if (date < training.FirstDay || date > training.LastDay)
        {
            Warn(ImportCode.OutsideTrainingDates, ImportSentences.OutsideTraining(shown, Shown(training.FirstDay), Shown(training.LastDay)));
        }

        void Warn(string code, string sentence) => journal.Warn(ImportKind.Planning, row.Line, reference.Value, code, sentence);
    }

    private static string Shown(DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    // A planning repeats its few groups, rooms and modules on every row: each is kept once.
    private string? Shared(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return _texts.TryGetValue(text, out var kept) ? kept : _texts[text] = text;
    }

    private Reference Shared(Reference reference) => Reference.Parse(Shared(reference.Value)!);
}
