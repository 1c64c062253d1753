using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;

namespace Emargement.Tests.Region;

/// <summary>Makes an organisation's month: one training, one group and one trainer unless said otherwise.</summary>
internal sealed class RegionWorld
{
    public static readonly YearMonth Month = new(2026, 11);
    public static readonly DateOnly Monday = new(2026, 11, 23);

    public Organisation Organisation { get; init; } = new()
    {
        Id = OrganisationId.Parse("garonne"),
        Name = "Garonne Formation",
        Nda = "76310000001",
        Siret = "12345678900011",
        Region = "occitanie",
    };

    public List<Training> Trainings { get; } =
    [
        new() { Ref = Ref("A1"), Title = "Accueil", RegionNumber = "OCC-1", OrderNumber = "BDC1", FirstDay = new(2026, 11, 2),
            LastDay = new(2026, 12, 18) },
        new() { Ref = Ref("A2"), Title = "Bâtiment", RegionNumber = "OCC-2", FirstDay = new(2026, 11, 2), LastDay = new(2026, 12, 18) },
    ];

    public List<Trainer> Trainers { get; } = [new() { Ref = Ref("F1"), LastName = "D'Angelo", FirstName = "Noël" }];

    public List<Learner> Learners { get; } = [];

    public List<Enrolment> Enrolments { get; } = [];

    public List<SessionFacts> Sessions { get; } = [];

    public static Reference Ref(string text) => Reference.Parse(text);

    public static DateTimeOffset At(int hour, int minute, int second = 0, DateOnly? day = null) =>
        SiteZone.Paris.ToInstant(day ?? Monday, new TimeOnly(hour, minute, second));

    public RegionWorld Enrol(
        string learner,
        string lastName,
        string funder = "REGION",
        string training = "A1",
        string group = "G1",
        params EnrolmentPeriod[] periods)
    {
        if (Learners.All(l => l.Ref != Ref(learner)))
        {
            Learners.Add(new Learner { Ref = Ref(learner), LastName = lastName, FirstName = "Zoé", BirthDate = new DateOnly(1990, 1, 2) });
        }

        Enrolments.Add(new Enrolment
        {
            LearnerRef = Ref(learner),
            TrainingRef = Ref(training),
            Group = group,
            Periods = periods.Length > 0 ? periods : [new EnrolmentPeriod(funder, "R-" + learner, null, new DateOnly(2026, 11, 2), null)],
        });
        return this;
    }

    /// <summary>
    /// A morning from 9:00 to 12:30 (210 minutes) of the first training's first group, closed and signed by the trainer unless changed.
    /// </summary>
    public RegionWorld Session(string reference, Func<Session, Session>? change = null, params Fact[] facts)
    {
        var session = new Session
        {
            Organisation = Organisation.Id,
            Id = new SessionId(Monday, HalfDay.Morning, Ref(reference)),
            SlotRef = Ref(reference),
            TrainingRef = Ref("A1"),
            Group = "G1",
            TrainerRef = Ref("F1"),
            Module = "Communication",
            Site = "Toulouse",
            Room = "101",
            Modality = Modality.Centre,
            Start = At(9, 0),
            End = At(12, 30),
            Source = "import",
            ContentHash = "h",
            State = SessionState.Closed,
            OpenedAt = At(8, 50),
            ClosedAt = At(12, 30),
        };
        Sessions.Add(new SessionFacts(change?.Invoke(session) ?? session, facts, null));
        return this;
    }

    public static Fact Signs(
        string learner, DateTimeOffset? at = null, int late = 0, string? device = null, SigningMethod method = SigningMethod.Qr) =>
        new Signed
        {
            Learner = Ref(learner),
            At = at ?? At(9, 1),
            By = "learner:" + learner,
            Method = method,
            LateMinutes = late,
            Device = device
        };

    public static Fact Missed(string learner) => new NotSigned { Learner = Ref(learner), At = At(12, 30), By = "trainer:F1" };

    public static Fact Marks(string learner, AttendanceMark mark, int minutes = 0, string? reason = null) =>
        new Marked { Learner = Ref(learner), Mark = mark, Minutes = minutes, Reason = reason, At = At(10, 0), By = "trainer:F1" };

    public static Fact Closes(int headCount = 1, int signed = 1, bool drawn = true) =>
        new Closed
        {
            At = At(12, 30),
            By = "trainer:F1",
            HeadCount = headCount,
            Expected = signed,
            SignedCount = signed,
            DrawingSha256 = drawn ? "aa" : null
        };

    /// <summary>What somebody read of a learner on a sheet signed by hand.</summary>
    public static Fact Reads(string learner, AttendanceMark mark = AttendanceMark.Present, int minutes = 0) =>
        new OnPaper { Learner = Ref(learner), Mark = mark, Minutes = minutes, Scan = "5c", At = Friday, By = "manager:M" };

    private static DateTimeOffset Friday => At(18, 0, day: Monday.AddDays(4));

    /// <summary>The closing of a half-day from its paper sheet.</summary>
    public static Fact Records(int present = 1, bool trainerSigned = true) => new Closed
    {
        At = Friday,
        By = "manager:M",
        HeadCount = present,
        Expected = present,
        SignedCount = present,
        Paper = "5c",
        TrainerSigned = trainerSigned,
    };

    /// <summary>The first group signs on paper in the month.</summary>
    public RegionWorld OnPaper()
    {
        Modes = new GroupModes(
            [new GroupModeRow(Ref("A1"), "G1", Month, SigningMode.Paper, "Pas de réseau", "manager:M", At(8, 0))], []);
        return this;
    }

    public GroupModes Modes { get; private set; } = GroupModes.None;

    public RegionScope Scope(Func<DateOnly, bool>? isHoliday = null) => new(
        Organisation, Month, new RegionPeople(Trainings, Trainers, Learners, Enrolments) { Modes = Modes }, isHoliday ?? (_ => false));

    public Written Write(Func<DateOnly, bool>? isHoliday = null)
    {
        var scope = Scope(isHoliday);
        var month = new RegionMonth(scope);
        var days = Sessions.OrderBy(s => s.Session.Id).GroupBy(s => s.Session.Id.Date).Select(d => month.Read([.. d])).ToList();
        return new Written(scope, [.. days.SelectMany(d => d.HalfDays)], [.. days.SelectMany(d => d.Anomalies)], month.Summary([]));
    }
}

/// <summary>The rows of a month.</summary>
internal sealed record Written(
    RegionScope Scope, IReadOnlyList<HalfDayRow> HalfDays, IReadOnlyList<AnomalyRow> Anomalies, IReadOnlyList<SummaryRow> Summary)
{
    public IEnumerable<string> Codes(string? learner = null) =>
        Anomalies.Where(a => learner is null || a.Learner == RegionWorld.Ref(learner)).Select(a => a.Anomaly.Code);

    public string Text() => string.Join(
        '\n',
        HalfDays.Select(RegionFiles.Values).Concat(Anomalies.Select(RegionFiles.Values))
            .Concat(Summary.Select(s => RegionFiles.Values(s, Scope)))
            .Select(values => string.Join(';', values)));
}
