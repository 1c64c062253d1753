using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Writing;

/// <summary>What the files of trainings, trainers and learners change in what is stored.</summary>
public sealed class PeopleChanges
{
    private readonly PeopleState _state;
    private readonly LearnerRows _learners;
    private readonly Dictionary<Reference, Learner> _people;
    private readonly HashSet<Reference> _touched = [];
    private readonly List<EnrolmentKey> _kept = [];

    public PeopleChanges(PeopleState state, TrainingRows trainings, TrainerRows trainers, LearnerRows learners)
    {
        (_state, _learners) = (state, learners);
        Trainings = TableChanges.Of(trainings.Trainings, state.Trainings, t => t.Ref, trainings.Merge);
        Erased = new ErasedPeople(state, learners);
        Trainers = TableChanges.Of(
            trainers.Trainers.Select(Erased.Cut), state.Trainers, t => t.Ref, (stored, file) => Erased.Cut(trainers.Merge(stored, file)));
        Learners = TableChanges.Of(
            learners.Learners.Select(Erased.Cut), state.Learners, l => l.Ref, (stored, file) => Erased.Cut(learners.Merge(stored, file)));
        _people = Learners.All.ToDictionary(l => l.Ref);
        Enrolments = new TableChanges<EnrolledLearner> { Merge = (_, file) => file };
        foreach (var key in learners.Enrolments)
        {
            Enrol(key);
        }

        CarryNames();
    }

    /// <summary>Those of whom the files say more than may be kept.</summary>
    public ErasedPeople Erased { get; }

    public TableChanges<Training> Trainings { get; }

    public TableChanges<Trainer> Trainers { get; }

    public TableChanges<Learner> Learners { get; }

    public TableChanges<EnrolledLearner> Enrolments { get; }

    /// <summary>Trainings for which the file of learners names, or no longer names, a company or a tutor.</summary>
    public IEnumerable<Reference> CompanyTrainings => _learners.Enrolments
        .Where(key => NamesCompany(Wanted(key)) || (StoredOf(key) is { } stored && NamesCompany(stored)))
        .Select(key => key.Training)
        .Distinct();

    /// <summary>Everybody's enrolments as they are once these changes are written.</summary>
    public IReadOnlyCollection<Enrolment> EnrolmentsAfter()
    {
        var after = _state.Enrolments.ToDictionary(e => e.Key, e => e.Value.Value.Enrolment);
        foreach (var changed in Enrolments.Inserts.Concat(Enrolments.Replacements.Select(r => r.Changed)))
        {
            after[PeopleState.KeyOf(changed.Enrolment)] = changed.Enrolment;
        }

        return after.Values;
    }

    /// <summary>Every learner as they are once these changes are written.</summary>
    public IEnumerable<Learner> LearnersAfter() =>
        _people.Values.Concat(_state.Learners.Values.Select(s => s.Value).Where(l => !_people.ContainsKey(l.Ref)));

    /// <summary>Learners of the file who are new, or whose own data change.</summary>
    public IReadOnlySet<Reference> ChangedLearners() =>
        Learners.Inserts.Select(l => l.Ref).Concat(Learners.Replacements.Select(r => r.Changed.Ref)).ToHashSet();

    /// <summary>Learners whose person or periods change count once.</summary>
    public LearnerCounts LearnerCounts(ImportJournal journal)
    {
        var created = Learners.Inserts.Count;
        var updated = Learners.Replacements.Select(r => r.Changed.Ref).Concat(_touched).Distinct().Count(
            r => _state.Learners.ContainsKey(r));
        var all = Learners.All;
        var funded = _learners.Enrolments
            .Where(k => Wanted(k).Periods.Any(p => p.IsFundedByRegion))
            .Select(k => k.Learner)
            .Distinct()
            .Count();
        return new LearnerCounts
        {
            Read = _learners.Read,
            Created = created,
            Updated = updated,
            Unchanged = all.Count - created - updated,
            Rejected = journal.Rejected(ImportKind.Learners),
            WithoutEmail = all.Count(l => l.Email is null),
            FundedByRegion = funded,
        };
    }

    /// <summary>Says where a person's own words stand above the file's.</summary>
    public void WarnOfKept(ImportJournal journal, TrainerRows trainers)
    {
        foreach (var trainer in trainers.Trainers)
        {
            if (_state.Trainers.TryGetValue(trainer.Ref, out var stored)
                && trainers.Overruled(stored.Value, trainer) is { Count: > 0 } columns)
            {
                Warn(ImportKind.Trainers, trainers.LineOf(trainer.Ref), trainer.Ref, columns);
            }
        }

        foreach (var learner in _learners.Learners)
        {
            if (_state.Learners.TryGetValue(learner.Ref, out var stored)
                && _learners.Overruled(stored.Value, learner) is { Count: > 0 } columns)
            {
                Warn(ImportKind.Learners, _learners.LineOf(learner.Ref), learner.Ref, columns);
            }
        }

        foreach (var key in _kept)
        {
            Warn(ImportKind.Learners, _learners.LineOf(key), key.Learner, ["financeur, entree, sortie"]);
        }

        void Warn(ImportKind kind, int line, Reference person, IReadOnlyList<string> columns) =>
            journal.Warn(kind, line, person.Value, ImportCode.PersonEdited, ImportSentences.PersonEdited(columns));
    }

    public static bool Same(EnrolledLearner a, EnrolledLearner b) =>
        (a.LastName, a.FirstName, a.HasEmail, a.BirthDate) == (b.LastName, b.FirstName, b.HasEmail, b.BirthDate)
            && a.Enrolment.Kept == b.Enrolment.Kept
            && a.Enrolment.Periods.SequenceEqual(b.Enrolment.Periods);

    private void Enrol(EnrolmentKey key)
    {
        var wanted = EnrolledLearner.Of(Wanted(key), _people[key.Learner]);
        if (!_state.Enrolments.TryGetValue(key, out var stored))
        {
            Enrolments.Inserts.Add(wanted);
            _touched.Add(key.Learner);
            return;
        }

        if (_learners.IsIncomplete(key))
        {
            // A refused row left a hole in the list of periods: what is stored stays, but for the names.
            wanted = wanted with { Enrolment = stored.Value.Enrolment };
        }

        if (stored.Value.Enrolment.Kept && !stored.Value.Enrolment.Periods.SequenceEqual(wanted.Enrolment.Periods))
        {
            _kept.Add(key);
            wanted = wanted with { Enrolment = stored.Value.Enrolment };
        }

        if (!Same(stored.Value, wanted))
        {
            Enrolments.Replacements.Add(new Replacement<EnrolledLearner>(stored, wanted));
        }

        if (!stored.Value.Enrolment.Periods.SequenceEqual(wanted.Enrolment.Periods))
        {
            _touched.Add(key.Learner);
        }
    }

    // A learner's name stands in every roster, also of trainings that this file does not name.
    private void CarryNames()
    {
        var inFile = _learners.Enrolments.ToHashSet();
        foreach (var (key, stored) in _state.Enrolments)
        {
            if (inFile.Contains(key) || !_people.TryGetValue(key.Learner, out var learner))
            {
                continue;
            }

            var wanted = EnrolledLearner.Of(stored.Value.Enrolment, learner);
            if (!Same(stored.Value, wanted))
            {
                Enrolments.Replacements.Add(new Replacement<EnrolledLearner>(stored, wanted));
            }
        }
    }

    private Enrolment Wanted(EnrolmentKey key) => _learners.Enrolment(key, StoredOf(key));

    private Enrolment? StoredOf(EnrolmentKey key) => _state.Enrolments.GetValueOrDefault(key)?.Value.Enrolment;

    private static bool NamesCompany(Enrolment enrolment) => enrolment.Periods.Any(p => p.Company is not null || p.TutorName is not null);
}

/// <summary>New and changed rows of one table.</summary>
public sealed class TableChanges<T>
{
    public List<T> Inserts { get; } = [];

    public List<Replacement<T>> Replacements { get; } = [];

    /// <summary>Everything of the file as it is once these changes are written.</summary>
    public List<T> All { get; } = [];

    /// <summary>What a stored value becomes when the file asks for another.</summary>
    public required Func<T, T, T> Merge { get; init; }

    /// <summary>Good rows of the file that change nothing.</summary>
    public int Unchanged { get; set; }

    public ImportCounts Counts(int read, int rejected) => new()
    {
        Read = read,
        Created = Inserts.Count,
        Updated = Replacements.Count,
        Unchanged = Unchanged,
        Rejected = rejected,
    };
}

public static class TableChanges
{
    public static TableChanges<T> Of<T>(
        IEnumerable<T> file, Dictionary<Reference, Stored<T>> stored, Func<T, Reference> key, Func<T, T, T> merge)
        where T : class
    {
        var changes = new TableChanges<T> { Merge = merge };
        foreach (var value in file)
        {
            if (!stored.TryGetValue(key(value), out var existing))
            {
                changes.Inserts.Add(value);
                changes.All.Add(value);
                continue;
            }

            var merged = merge(existing.Value, value);
            changes.All.Add(merged);
            if (merged.Equals(existing.Value))
            {
                changes.Unchanged++;
            }
            else
            {
                changes.Replacements.Add(new Replacement<T>(existing, merged));
            }
        }

        return changes;
    }
}
