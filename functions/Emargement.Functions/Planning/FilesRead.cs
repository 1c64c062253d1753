using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Calendars;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Writing;

namespace Emargement.Functions.Planning;

/// <summary>All rows of an import's files, read beside the stored people and trainings: what they ask for, and what is to be said of
/// them.</summary>
internal sealed class FilesRead
{
    private readonly PeopleState _state;

    private FilesRead(
        Organisation organisation, ImportFiles files, PeopleState state, IReadOnlyList<CalendarRule> rules, DateOnly today)
    {
        (Organisation, Journal, Today, _state) = (organisation, files.Journal, today, state);
        var trainingRefs = new KnownReferences(state.Trainings.Keys);
        var knownTrainers = new KnownTrainers(state.Trainers.Values.Select(t => t.Value));
        var groups = new KnownGroups(state.Enrolments.Keys.Select(k => (k.Training, k.Group)));
        Trainings = new TrainingRows(Journal, trainingRefs);
        Trainers = new TrainerRows(Journal, knownTrainers);
        Learners = new LearnerRows(Journal, new LearnerContext(
            trainingRefs, new KnownReferences(state.Learners.Keys), groups, today, r => state.Learners.GetValueOrDefault(r)?.Value));
        Planning = new PlanningRows(Journal, new PlanningContext(organisation, trainingRefs, Training, knownTrainers, groups));

        // In this order: each file may refer to those before it.
        Each(files.Rows(ImportKind.Trainings), Trainings.Add);
        Each(files.Rows(ImportKind.Trainers), Trainers.Add);
        Each(files.Rows(ImportKind.Learners), Learners.Add);
        People = new PeopleChanges(state, Trainings, Trainers, Learners);
        Each(files.Rows(ImportKind.Planning), Planning.Add);
        var calendar = new CalendarContext(organisation.Zone, rules, groups, knownTrainers, Training);
        Each(new CalendarRows(Journal, calendar).Of(files.Events(organisation.Zone)), Planning.Add);
    }

    public Organisation Organisation { get; }

    public ImportJournal Journal { get; }

    /// <summary>The organisation's local date.</summary>
    public DateOnly Today { get; }

    public TrainingRows Trainings { get; }

    public TrainerRows Trainers { get; }

    public LearnerRows Learners { get; }

    public PlanningRows Planning { get; }

    public PeopleChanges People { get; }

    /// <param name="rules">By which its calendars are understood.</param>
    public static FilesRead Of(
        Organisation organisation, ImportFiles files, PeopleState state, IReadOnlyList<CalendarRule> rules, DateTimeOffset now) =>
        new(organisation, files, state, rules, organisation.Zone.DateAt(now));

    /// <summary>First and last day of a training, or null when it is unknown.</summary>
    public (DateOnly First, DateOnly Last)? DaysOf(Reference training)
    {
        // The stored dates too: a training that is shortened may leave Sessions beyond its new last day.
        var known = new[] { Trainings.Find(training), _state.Trainings.GetValueOrDefault(training)?.Value }.OfType<Training>().ToList();
        return known.Count == 0 ? null : (known.Min(t => t.FirstDay), known.Max(t => t.LastDay));
    }

    private Training? Training(Reference training) => Trainings.Find(training) ?? _state.Trainings.GetValueOrDefault(training)?.Value;

    private static void Each(IEnumerable<ImportRow> rows, Action<ImportRow> add)
    {
        foreach (var row in rows)
        {
            add(row);
        }
    }
}
