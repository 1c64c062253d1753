using CsCheck;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Domain.Statements;
using Emargement.Tests.Region;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Statements;

/// <summary>The figures of statements: those of the Région's export, over generated months and months made by hand.</summary>
public sealed class ReckoningTests
{
    [Fact]
    public void What_is_certified_is_the_line_of_the_synthesis() => RegionInvariantsTests.AnyMonth.Sample(mixed =>
    {
        var world = PaidByTheRegion(mixed);
        foreach (var line in world.Write().Summary)
        {
            var reckoned = ReckonedOf(world, line.Learner.Ref).Of(line.Training, line.Learner.Ref);

            reckoned.Figures.ShouldBe(StatementFigures.Of(line));
            reckoned.Months.Single().HalfDays.Count.ShouldBe(line.HalfDaysPlanned);
        }
    });

    [Fact]
    public void Nobody_else_s_sessions_change_what_a_learner_did() => RegionInvariantsTests.AnyMonth.Sample(world =>
    {
        var all = Read(world, world.Enrolments, world.Sessions);
        foreach (var enrolment in world.Enrolments)
        {
            var (training, learner) = (enrolment.TrainingRef, enrolment.LearnerRef);
            ReckonedOf(world, learner).Of(training, learner).Figures.ShouldBe(all.Of(training, learner).Figures);
        }
    });

    [Fact]
    public void Months_add_up_and_every_funder_s_days_count()
    {
        var half = new DateOnly(2026, 11, 23);
        var world = new RegionWorld().Enrol(
            "S1",
            "Petit",
            periods:
            [
                new EnrolmentPeriod("REGION", null, null, new DateOnly(2026, 11, 2), half),
                new EnrolmentPeriod("OPCO", null, null, half.AddDays(1), null),
            ]);
        world.Session("A", null, Signs("S1"), Closes())
            .Session("B", s => Moved(s, 1), Signs("S1", late: 20), Closes())
            .Session("C", s => Moved(s, 2), Missed("S1"), Closes());

        var figures = ReckonedOf(world, Ref("S1")).Of(Ref("A1"), Ref("S1")).Figures;

        (figures.HalfDays, figures.Signed, figures.Planned.Centre).ShouldBe((3, 2, 630));
        (figures.Done.Centre, figures.Late, figures.Unjustified).ShouldBe((400, 20, 210));
        figures.Rate.ShouldBe(634, "400 of 630 minutes, in thousandths, never rounded up");
        world.Write().Summary.Single().HalfDaysPlanned.ShouldBe(1, "the Région pays the first day alone");
    }

    [Fact]
    public void A_half_day_is_open_until_it_is_closed_and_sealed()
    {
        var row = new HalfDayRow
        {
            Session = new SessionId(Monday, HalfDay.Morning, Ref("A")),
            Training = Ref("A1"),
            Learner = Ref("S1"),
            Group = "G1",
            Funder = "REGION",
            Start = new TimeOnly(9, 0),
            End = new TimeOnly(12, 0),
            Modality = Modality.Centre,
            Attendance = new Attendance { Status = AttendanceStatus.Present, Planned = 180 },
        };
        var sheet = new SheetProofOf("a.pdf", "00");

        new ReckonedHalfDay(row, SessionState.Closed).IsOpen.ShouldBeTrue("no sheet says it");
        new ReckonedHalfDay(row with { Sheet = sheet }, SessionState.Closed).IsOpen.ShouldBeFalse();
        new ReckonedHalfDay(row with { Sheet = sheet }, SessionState.Open).IsOpen.ShouldBeTrue();
        new ReckonedHalfDay(row with { Modality = Modality.Company }, SessionState.Planned).IsOpen
            .ShouldBeFalse("in a company nobody closes");
    }

    [Theory]
    [InlineData("2026-11-30", "2026-11-01", "span-invalid")]
    [InlineData("9999-13-01", "2026-11-01", "span-invalid")]
    [InlineData("2020-01-01", "2026-11-01", "span-too-long")]
    public void A_span_has_a_first_and_a_last_day(string first, string last, string code) =>
        StatementSpan.Parse(first, last).Refusal!.Code.ShouldBe(code);

    private static Session Moved(Session session, int days) => session with
    {
        Id = new SessionId(Monday.AddDays(days), HalfDay.Morning, session.SlotRef),
        Start = session.Start.AddDays(days),
        End = session.End.AddDays(days),
    };

    private static RegionWorld PaidByTheRegion(RegionWorld mixed)
    {
        var world = new RegionWorld();
        world.Learners.AddRange(mixed.Learners);
        world.Enrolments.AddRange(mixed.Enrolments.Select(
            e => e with { Periods = [.. e.Periods.Select(p => p with { Funder = EnrolmentPeriod.RegionFunder })] }));
        world.Sessions.AddRange(mixed.Sessions);
        return world;
    }

    // As the reader of statements does: the learner's enrolments, and the sessions that expect the learner.
    private static Reckoning ReckonedOf(RegionWorld world, Reference learner)
    {
        var own = world.Enrolments.Where(e => e.LearnerRef == learner).ToList();
        var scope = ScopeOf(world, own);
        return Read(world, own, [.. world.Sessions.Where(
            s => s.Session.State != SessionState.Cancelled && scope.FundedIn(s.Session).Any(f => f.Ref == learner))]);
    }

    private static RegionScope ScopeOf(RegionWorld world, IReadOnlyCollection<Enrolment> enrolments) => new(
        world.Organisation,
        Month,
        new RegionPeople(world.Trainings, world.Trainers, world.Learners, enrolments),
        _ => false,
        everyone: true);

    private static Reckoning Read(
        RegionWorld world, IReadOnlyCollection<Enrolment> enrolments, IReadOnlyCollection<SessionFacts> sessions)
    {
        var reckoning = new Reckoning();
        reckoning.Read(
            ScopeOf(world, enrolments),
            sessions.OrderBy(s => s.Session.Id).GroupBy(s => s.Session.Id.Date).Select(day => day.ToList()),
            []);
        return reckoning;
    }
}
