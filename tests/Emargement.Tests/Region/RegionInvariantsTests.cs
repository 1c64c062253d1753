using CsCheck;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Region;

/// <summary>What must hold whatever the month: the end of the export's format, over generated months.</summary>
public sealed class RegionInvariantsTests
{
    private static readonly Gen<Fact[]> Facts = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 5], Gen.Int[0, 300], Gen.Int[0, 4]).Array[0, 12]
        .Select(specs => specs
        .Select((spec, i) => OfKind(spec.Item1, Ref("S" + spec.Item2), spec.Item3, (AttendanceMark)spec.Item4, At(9, 0).AddSeconds(i * 7)))
        .GroupBy(f => f.Key)
        .Select(g => g.First())
        .ToArray());

    private static readonly Gen<SessionFacts> OneSession =
        from day in Gen.Int[0, 29]
        from half in Gen.Int[1, 3]
        from number in Gen.Int[0, 99]
        from training in Gen.Int[1, 2]
        from minutes in Gen.Int[0, 480]
        from modality in Gen.Int[0, 2].Select(i => new[] { Modality.Centre, Modality.Distance, Modality.Company }[i])
        from state in Gen.Enum<SessionState>()
        from facts in Facts
        select new SessionFacts(
            Planned(Month.FirstDay.AddDays(day), (HalfDay)half, $"SE{number}", $"A{training}", minutes, modality, state), facts, null);

    private static readonly Gen<EnrolmentPeriod[]> Periods =
        Gen.Select(Gen.Int[0, 29], Gen.Bool, Gen.Bool).Select(spec => new[]
        {
            new EnrolmentPeriod(spec.Item2 ? "REGION" : "OPCO", null, null, Month.FirstDay.AddDays(-9), Month.FirstDay.AddDays(spec.Item1)),
            new EnrolmentPeriod(spec.Item3 ? "REGION" : "OPCO", null, null, Month.FirstDay.AddDays(spec.Item1 + 1), null),
        });

    /// <summary>Months of every sort.</summary>
    internal static Gen<RegionWorld> AnyMonth { get; } =
        from sessions in OneSession.Array[0, 25]
        from periods in Periods.Array[6]
        select World(sessions, periods);

    [Fact]
    public void Minutes_planned_are_done_justified_unjustified_late_or_left_early() => AnyMonth.Sample(world =>
    {
        foreach (var s in world.Write().Summary)
        {
            (s.Planned.Centre + s.Planned.Distance).ShouldBe(
                s.Done.Centre + s.Done.Distance + s.Justified + s.Unjustified + s.Late + s.LeftEarly);
        }
    });

    [Fact]
    public void The_synthesis_is_the_sum_of_the_half_days() => AnyMonth.Sample(world =>
    {
        var written = world.Write();
        var byLearner = written.HalfDays.ToLookup(r => (r.Training, r.Learner));
        byLearner.Count.ShouldBe(written.Summary.Count);
        foreach (var s in written.Summary)
        {
            var rows = byLearner[(s.Training, s.Learner.Ref)].ToList();
            int Sum(Modality modality, Func<HalfDayRow, int> minutes) => rows.Where(r => r.Modality == modality).Sum(minutes);
            s.HalfDaysPlanned.ShouldBe(rows.Count);
            s.HalfDaysSigned.ShouldBe(rows.Count(r => r.IsSigned));
            s.Planned.ShouldBe(new MinutesByPlace(
                Sum(Modality.Centre, r => r.PlannedMinutes), Sum(
                    Modality.Distance, r => r.PlannedMinutes), Sum(Modality.Company, r => r.PlannedMinutes)));
            s.Done.ShouldBe(new MinutesByPlace(
                Sum(Modality.Centre, r => r.Attendance.Done), Sum(
                    Modality.Distance, r => r.Attendance.Done), Sum(Modality.Company, r => r.Attendance.Done)));
            var taught = rows.Where(r => r.Modality != Modality.Company).ToList();
            s.Unjustified.ShouldBe(taught.Where(r => r.Attendance.Status == AttendanceStatus.AbsentUnjustified).Sum(r => r.PlannedMinutes));
            s.Justified.ShouldBe(taught.Where(r => r.Attendance.Status == AttendanceStatus.AbsentJustified).Sum(r => r.PlannedMinutes));
            s.Assimilated.ShouldBe(taught.Sum(r => r.Attendance.Assimilated));
            s.Assimilated.ShouldBeLessThanOrEqualTo(s.Justified);
            rows.Where(r => r.Attendance.HasDocument).ShouldAllBe(r => r.Attendance.Done == 0);
        }
    });

    [Fact]
    public void Nobody_s_minutes_count_twice() => AnyMonth.Sample(world =>
    {
        foreach (var person in world.Write().HalfDays.GroupBy(r => (r.Learner, r.Session.Date)))
        {
            // Every session of a day begins at nine here: together they last as long as the longest.
            var longest = world.Sessions.Where(s => s.Session.Id.Date == person.Key.Date).Max(s => s.Session.PlannedMinutes);
            person.Sum(r => r.PlannedMinutes).ShouldBeLessThanOrEqualTo(longest);
            person.Sum(r => r.Attendance.Done).ShouldBeLessThanOrEqualTo(longest);
        }
    });

    [Fact]
    public void Only_learners_and_days_that_the_Region_pays_are_named() => AnyMonth.Sample(world =>
    {
        var written = world.Write();
        Func<Reference, DateOnly, bool> paidOn = (learner, day) => world.Enrolments.Any(
            e => e.LearnerRef == learner && e.On(day) is { IsFundedByRegion: true });

        written.HalfDays.ShouldAllBe(r => paidOn(r.Learner, r.Session.Date));
        written.Anomalies.Where(a => a.Learner is not null).ShouldAllBe(a => paidOn(a.Learner!.Value, a.Session.Date));
        var paid = written.HalfDays.Select(r => r.Session)
            .Concat(written.Anomalies.Where(a => a.Learner is not null).Select(a => a.Session)).ToHashSet();
        written.Anomalies.ShouldAllBe(a => paid.Contains(a.Session));
    });

    [Fact]
    public void The_same_data_give_the_same_rows() => AnyMonth.Sample(world => world.Write().Text() == world.Write().Text());

    private static RegionWorld World(SessionFacts[] sessions, EnrolmentPeriod[][] periods)
    {
        var world = new RegionWorld();
        for (var i = 0; i < periods.Length; i++)
        {
            world.Enrol(
                "S" + i, "Nom" + i, training: "A1", periods: periods[i]).Enrol("S" + i, "Nom" + i, training: "A2", periods: periods[i]);
        }

        world.Sessions.AddRange(sessions.DistinctBy(s => s.Session.Id));
        return world;
    }

    private static Session Planned(
        DateOnly day, HalfDay half, string reference, string training, int minutes, Modality modality, SessionState state)
    {
        var start = SiteZone.Paris.ToInstant(day, new TimeOnly(9, 0));
        return new Session
        {
            Organisation = OrganisationId.Parse("garonne"),
            Id = new SessionId(day, half, Ref(reference)),
            SlotRef = Ref(reference),
            TrainingRef = Ref(training),
            Group = "G1",
            TrainerRef = Ref("F1"),
            Modality = modality,
            Start = start,
            End = start.AddMinutes(minutes),
            Source = "import",
            ContentHash = "h",
            State = state,
            OpenedAt = state is SessionState.Open or SessionState.Closed ? start : null,
        };
    }

    private static Fact OfKind(int kind, Reference learner, int minutes, AttendanceMark mark, DateTimeOffset at) => kind switch
    {
        0 or 1 or 2 =>
            new Signed
            {
                Learner = learner,
                At = at,
                By = "x",
                Method = (SigningMethod)(minutes % 6),
                LateMinutes = minutes % 60,
                Device = "d" + (minutes % 3)
            },
        3 => new NotSigned { Learner = learner, At = at, By = "x" },
        4 or 5 =>
            new Marked
            {
                Learner = learner,
                Mark = mark,
                Minutes = minutes,
                Reason = "motif",
                At = at,
                By = "x",
                DocumentSeen = minutes % 3 == 0 ? true : null,
                CountsAsPresence = minutes % 5 < 2 ? true : null,
            },
        6 =>
            new Corrected
            {
                Learner = learner,
                Mark = mark,
                Minutes = minutes,
                Reason = "motif",
                At = at,
                By = "x",
                Method = minutes % 2 == 0 ? SigningMethod.Paper : null,
                DocumentSeen = minutes % 3 == 0 ? true : null,
                CountsAsPresence = minutes % 5 < 2 ? true : null,
            },
        _ => new Closed { At = at, By = "x", HeadCount = minutes % 9, Expected = 6, SignedCount = minutes % 7 },
    };
}
