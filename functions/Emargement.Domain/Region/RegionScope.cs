using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;

namespace Emargement.Domain.Region;

/// <summary>A learner whom the Région pays on a day, with the period that says so.</summary>
/// <param name="Learner">Null when the person's row is gone; the attendance is still owed to the Région.</param>
public sealed record FundedLearner(Reference Ref, Learner? Learner, EnrolmentPeriod Period)
{
    /// <summary>The group in which the learner is expected; of a Session that several groups attend, the learner's own.</summary>
    public string? Group { get; init; }
}

/// <summary>
/// What one organisation may show to its Région in one month: its courses and trainers, and only the learners whom the Région pays, on the
/// days when it does.
/// </summary>
public sealed class RegionScope
{
    private readonly Dictionary<(Reference Training, string Group), List<Enrolment>> _rosters = [];
    private readonly Dictionary<Reference, Learner> _funded = [];
    private readonly Dictionary<(Reference Training, Reference Learner), EnrolmentPeriod> _paid = [];
    private readonly ILookup<Reference, Enrolment> _enrolments;
    private readonly Dictionary<Reference, Learner> _learners;
    private readonly Dictionary<Reference, OtherPeople> _others = [];
    private readonly Dictionary<Reference, Training> _trainings;
    private readonly Dictionary<Reference, Trainer> _trainers;
    private readonly bool _everyone;

    /// <param name="organisation">Whose month it is, with its time zone and signing window.</param>
    /// <param name="month">Local calendar month.</param>
    /// <param name="people">Everyone of the organisation; those whom the Région does not pay are kept only as names never to be
    /// written.</param>
    /// <param name="isHoliday">Whether a local day is a public holiday at the organisation's site.</param>
    /// <param name="everyone">Whoever pays: the organisation's own view of its month, which never leaves it.</param>
    public RegionScope(
        Organisation organisation, YearMonth month, RegionPeople people, Func<DateOnly, bool> isHoliday, bool everyone = false)
    {
        _everyone = everyone;
        Organisation = organisation;
        Month = month;
        IsHoliday = isHoliday;
        Modes = people.Modes;
        _trainings = people.Trainings.ToDictionary(t => t.Ref);
        _trainers = people.Trainers.ToDictionary(t => t.Ref);
        var learners = people.Learners.ToDictionary(l => l.Ref);
        _learners = learners;
        _enrolments = people.Enrolments.ToLookup(e => e.LearnerRef);
        foreach (var enrolment in people.Enrolments.OrderBy(e => e.LearnerRef).ThenBy(e => e.Group, StringComparer.Ordinal))
        {
            learners.TryGetValue(enrolment.LearnerRef, out var learner);
            if (!_others.TryGetValue(enrolment.TrainingRef, out var others))
            {
                _others[enrolment.TrainingRef] = others = new OtherPeople();
            }

            others.Add(enrolment.LearnerRef, learner?.LastName);
            var paid = enrolment.Periods.FirstOrDefault(
                p => Pays(p) && p.Entry <= month.LastDay && (p.Exit is null || p.Exit >= month.FirstDay));
            if (paid is null)
            {
                continue;
            }

            _paid.TryAdd((enrolment.TrainingRef, enrolment.LearnerRef), paid);

            var key = (enrolment.TrainingRef, enrolment.Group);
            if (!_rosters.TryGetValue(key, out var roster))
            {
                _rosters[key] = roster = [];
            }

            roster.Add(enrolment);
            if (learner is not null)
            {
                _funded[enrolment.LearnerRef] = learner;
            }
        }
    }

    public Organisation Organisation { get; }

    public YearMonth Month { get; }

    public Func<DateOnly, bool> IsHoliday { get; }

    /// <summary>Which groups sign on paper.</summary>
    public GroupModes Modes { get; }

    /// <summary>Whether the Région pays anyone in this month at all.</summary>
    public bool IsEmpty => _rosters.Count == 0;

    public Training? Training(Reference reference) => _trainings.GetValueOrDefault(reference);

    public Trainer? Trainer(Reference? reference) => reference is { } known ? _trainers.GetValueOrDefault(known) : null;

    /// <summary>The learners expected in a session whom the Région pays that day, by reference.</summary>
    public IEnumerable<FundedLearner> FundedIn(Session session)
    {
        // Whoever is in two groups that are taught together is expected once.
        var expected = session.Groups
            .SelectMany(group => _rosters.GetValueOrDefault((session.TrainingRef, group)) ?? [])
            .Select(enrolment => (enrolment.LearnerRef, Period: enrolment.On(session.Id.Date), enrolment.Group))
            .Where(line => line.Period is { } period && Pays(period))
            .DistinctBy(line => line.LearnerRef);
        var last = ExpectedPeople.Last(session.Roster.Select(r => r.ToFact()));
        var byHand = last.Values.Where(r => r.Expected)
            .Select(r => (LearnerRef: r.Learner, Period: PaidHere(r, session.Id.Date), Group: session.Groups[0]))
            .Where(line => line.Period is not null && expected.All(e => e.LearnerRef != line.LearnerRef));
        var all = expected.Where(e => !last.TryGetValue(e.LearnerRef, out var word) || word.Expected).Concat(byHand);
        var listed = session.Groups.Count == 1 && last.Count == 0 ? all : all.OrderBy(line => line.LearnerRef);
        foreach (var (learner, period, group) in listed)
        {
            yield return new FundedLearner(
                learner, _funded.GetValueOrDefault(learner) ?? _learners.GetValueOrDefault(learner), period!)
            {
                Group = group,
            };
        }
    }

    // The Région pays for somebody whom a person added when their own enrolment of that day says so, or else that person.
    private EnrolmentPeriod? PaidHere(Rostered added, DateOnly day)
    {
        var own = _enrolments[added.Learner].Select(e => e.On(day)).OfType<EnrolmentPeriod>().ToList();
        var stated = new EnrolmentPeriod(added.Funder ?? "", null, null, day, day);
        return own.Find(Pays) ?? (own.Count == 0 && Pays(stated) ? stated : null);
    }

    private bool Pays(EnrolmentPeriod period) => _everyone || period.IsFundedByRegion;

    /// <summary>
    /// The learner in a training, when the Région pays on some day of the month; else null, and nothing about that learner is written.
    /// </summary>
    public FundedLearner? Funded(Reference training, Reference learner) =>
        _paid.TryGetValue((training, learner), out var period)
            ? new FundedLearner(learner, _funded.GetValueOrDefault(learner), period)
            : null;

    /// <summary>Whether the Région pays for a learner's place in a group on a day of the month.</summary>
    public bool IsFunded(Reference training, string group, Reference learner, DateOnly day) =>
        _rosters.TryGetValue((training, group), out var roster)
            && roster.Any(e => e.LearnerRef == learner && e.On(day) is { } period && Pays(period));

    /// <summary>The days of a week that are the month's.</summary>
    public IReadOnlyList<DateOnly> DaysOf(IsoWeek week) =>
        [.. new DayRange(week.Monday, week.Sunday).Days().Where(day => YearMonth.Of(day) == Month)];

    /// <summary>The learner's group in a training on some of the days; null when there is none.</summary>
    public string? GroupOf(Reference training, Reference learner, IReadOnlyCollection<DateOnly> days) => _enrolments[learner]
        .Where(e => e.TrainingRef == training)
        .Where(e => days.Any(day => e.On(day) is not null))
        .Select(e => e.Group)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>Who pays for a learner's place in a group on the first of some days on which there is one; empty when there is
    /// none.</summary>
    public string FunderOf(Reference training, string group, Reference learner, IEnumerable<DateOnly> days) => days
        .SelectMany(day => _enrolments[learner].Where(e => e.TrainingRef == training && e.Group == group).Select(e => e.On(day)))
        .OfType<EnrolmentPeriod>()
        .FirstOrDefault()?.Funder ?? "";

    /// <summary>A learner of the organisation, whoever pays; null when the person's row is gone.</summary>
    public Learner? Learner(Reference reference) => _learners.GetValueOrDefault(reference);

    /// <summary>A reason as a person wrote it, unless it names someone else of the same training.</summary>
    /// <param name="about">Null when it is about no learner.</param>
    public string? Discreet(string? reason, Reference training, FundedLearner? about) =>
        reason is not null && _others.TryGetValue(training, out var others) && others.AreNamedIn(reason, about)
            ? "motif retiré : il nomme une autre personne"
            : reason;
}

/// <summary>Everyone and every course of an organisation, as read.</summary>
public sealed record RegionPeople(
    IReadOnlyCollection<Training> Trainings,
    IReadOnlyCollection<Trainer> Trainers,
    IReadOnlyCollection<Learner> Learners,
    IReadOnlyCollection<Enrolment> Enrolments)
{
    /// <summary>Which groups sign on paper.</summary>
    public GroupModes Modes { get; init; } = GroupModes.None;
}
