using CsCheck;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Region.Usage;
using Emargement.Domain.Sessions;
using Emargement.Tests.Region;
using static Emargement.Tests.Region.RegionWorld;

namespace Emargement.Tests.Months;

/// <summary>What pages say of a month is what its export says: over generated months, and of one thing after the other.</summary>
public sealed class MonthSummaryTests
{
    private static readonly DateTimeOffset MonthOver = new(2026, 12, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_figures_of_funded_learners_are_the_sums_of_the_synthesis() => RegionInvariantsTests.AnyMonth.Sample(world =>
    {
        var summary = Of(world).Total.Funded;
        var taught = world.Write().HalfDays.Where(r => r.Modality != Modality.Company).ToList();

        summary.Done.ShouldBe(taught.Sum(r => r.Attendance.Done));
        summary.Justified.ShouldBe(world.Write().Summary.Sum(s => s.Justified));
        summary.Unjustified.ShouldBe(world.Write().Summary.Sum(s => s.Unjustified));
        summary.Late.ShouldBe(world.Write().Summary.Sum(s => s.Late));
        summary.LeftEarly.ShouldBe(world.Write().Summary.Sum(s => s.LeftEarly));
    });

    [Fact]
    public void The_matrix_adds_up_to_its_groups_and_groups_to_the_month() => RegionInvariantsTests.AnyMonth.Sample(world =>
    {
        var summary = Of(world);
        foreach (var group in summary.Groups)
        {
            var lines = summary.Learners.Where(l => l.Training == group.Training && l.Group == group.Group).ToList();
            lines.Aggregate(MonthFigures.None, (sum, l) => sum.Plus(l.Figures)).ShouldBe(group.Counts.All);
            lines.Count.ShouldBe(group.Counts.Learners);
            lines.Sum(l => l.Cells.Sum(c => c.Done)).ShouldBe(group.Counts.All.Done);
            group.HalfDays.Sum(h => h.Expected).ShouldBe(lines.Sum(l => l.Cells.Count));
        }

        summary.Groups.Aggregate(MonthFigures.None, (sum, g) => sum.Plus(g.Counts.All)).ShouldBe(summary.Total.All);
    });

    [Fact]
    public void What_is_looked_at_adds_up_to_the_matrix() => RegionInvariantsTests.AnyMonth.Sample(world =>
    {
        var summary = Of(world);
        var (charts, days) = (MonthCharts.Of([(new(2026, 11), summary.Groups)]), summary.Groups.SelectMany(g => g.HalfDays).ToList());
        var closed = days.Where(h => h.State == SessionState.Closed).Select(h => h.Session).ToHashSet();
        var cells = summary.Learners.SelectMany(l => l.Cells).Where(c => closed.Contains(c.Session)).ToList();

        charts.IsWhole.ShouldBeTrue();
        charts.Weeks.Sum(w => w.Justified).ShouldBe(cells.Sum(c => c.Justified));
        charts.Weeks.Sum(w => w.Unjustified).ShouldBe(cells.Sum(c => c.Unjustified));
        charts.Methods.Sum(m => m.Count).ShouldBe(days.Where(h => closed.Contains(h.Session)).Sum(h => h.Signed));
        charts.Groups.Count.ShouldBe(summary.Groups.Count);
    });

    [Fact]
    public void Months_are_looked_at_side_by_side_from_the_first_that_has_a_group()
    {
        var world = new RegionWorld().Enrol("S1", "Petit").Session("A", null, Signs("S1"), Closes());
        var groups = Of(world).Groups;
        var before = groups[0] with { HalfDays = [.. groups[0].HalfDays.Select(h => h with { Tally = null })] };
        var charts = MonthCharts.Of([(new(2026, 9), []), (new(2026, 10), [before with { Group = "G9" }]), (new(2026, 11), groups)]);

        charts.Months.ShouldBe([new(2026, 10), new(2026, 11)]);
        charts.Groups.ShouldHaveSingleItem().Completeness.ShouldBe([null, groups[0].Counts.All.Completeness]);
        MonthCharts.Of([(new(2026, 10), [before])]).IsWhole.ShouldBeFalse("it was calculated before they were counted");
    }

    [Fact]
    public void A_complete_synthesis_is_a_completeness_of_100() => RegionInvariantsTests.AnyMonth.Sample(world =>
    {
        var summary = Of(world);
        if (world.Write().Summary is { Count: > 0 } lines && lines.All(l => l.Complete) && summary.Total.Funded.Due > 0)
        {
            summary.Total.Funded.Completeness.ShouldBe(100);
        }

        // In a month that is over, and without weeks in companies, nothing else keeps a synthesis from being complete.
        if (summary.Total.Funded.Completeness == 100)
        {
            world.Write().Summary.ShouldAllBe(l => l.Complete);
        }
    });

    [Fact]
    public void What_waits_is_named_once_and_what_blocks_is_of_funded_learners() => RegionInvariantsTests.AnyMonth.Sample(world =>
    {
        var summary = Of(world);
        summary.Pending.Select(p => p.Id).ShouldBeUnique();
        var paid = world.Write().HalfDays.Select(r => r.Session).Concat(world.Write().Anomalies.Select(a => a.Session)).ToHashSet();
        summary.Pending.Where(p => p.Blocks is not null).ShouldAllBe(p => paid.Contains(p.Session));
    });

    [Fact]
    public void Usage_is_a_simple_count_of_who_was_due_and_signed_by_who_paid_that_day() => RegionInvariantsTests.AnyMonth.Sample(world =>
    {
        var pairs =
        (
            from read in world.Sessions
            let session = read.Session
            where session.State != SessionState.Cancelled && session.Modality != Modality.Company
            from enrolment in world.Enrolments
            where enrolment.TrainingRef == session.TrainingRef && enrolment.On(session.Id.Date) is not null
            let about = read.Facts.Where(f => f.About == enrolment.LearnerRef)
            let said = Attendance.Of(session.PlannedMinutes, about)
            let here = said.Status is AttendanceStatus.Present or AttendanceStatus.Late or AttendanceStatus.LeftEarly
            select (enrolment.On(session.Id.Date)!.Funder, Learner: enrolment.LearnerRef,
                Signed: here && (said.SignedAt is not null || said.Method == SigningMethod.Paper),
                OnPaper: here && said.Method == SigningMethod.Paper)).ToList();

        var usage = Of(world).Usage;
        usage.Funders.ShouldBe(pairs.GroupBy(p => p.Funder).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new FunderUsage(g.Key, Count(g))));
        usage.Total.ShouldBe(Count(pairs));
        usage.Others.ShouldBe(Count(pairs.Where(p => p.Funder != "REGION")));

        // What the Région is told is counted from its own rows alone, and is the same.
        var tally = new RegionTally(world.Scope(), MonthOver);
        var month = new RegionMonth(world.Scope());
        foreach (var day in DaysOf(world))
        {
            tally.Add(day, month.Read(day));
        }

        tally.Finish([]).Usage.ShouldBe(Count(pairs.Where(p => p.Funder == "REGION")));

        static UsageCounts Count(
            IEnumerable<(string Funder, Reference Learner, bool Signed, bool OnPaper)> pairs) => new(
            pairs.Select(p => p.Learner).Distinct().Count(), pairs.Count(), pairs.Count(p => p.Signed), pairs.Count(p => p.OnPaper));
    });

    [Fact]
    public void Who_changes_funder_counts_under_each_and_once_in_all_and_a_week_under_who_pays_its_days()
    {
        EnrolmentPeriod[] changed =
        [
            new("OPCO", null, null, new(2026, 11, 2), Monday.AddDays(-1)), new("REGION", null, null, Monday, null),
        ];
        var world = new RegionWorld().Enrol("S1", "Petit", periods: changed).Enrol("S2", "Grand", "FRANCE TRAVAIL")
            .Session("A", null, Signs("S1"), Signs("S2"), Closes(2, 2))
            .Session("B", s => s with { State = SessionState.Planned });
        PlacementWeekRow Week(string week, string learner) =>
            new(Ref("A1"), Ref(learner), week, null, null, 0, 0, PlacementWeekRow.ValidatedStatus, null, null, null);

        var usage = Of(world, null, [Week("2026-W46", "S1"), Week("2026-W48", "S1"), Week("2026-W49", "S2")], []).Usage;

        usage.Funders.ShouldBe(
        [
            new("FRANCE TRAVAIL", new(1, 2, 1)), new("OPCO", new(1, Weeks: 1)), new("REGION", new(1, 2, 1, Weeks: 1)),
        ]);
        usage.Others.ShouldBe(new UsageCounts(2, 2, 1, Weeks: 1));
        usage.Total.ShouldBe(new UsageCounts(2, 4, 2, Weeks: 2), "the week of the 30th is not over");
    }

    [Fact]
    public void A_half_day_that_is_over_waits_for_what_it_lacks()
    {
        var world = new RegionWorld().Enrol("S1", "Petit")
            .Session("A", s => s with { State = SessionState.Planned, OpenedAt = null, ClosedAt = null })
            .Session("B", s => s with { State = SessionState.Open, ClosedAt = null }, Signs("S1"))
            .Session("C", null, Signs("S1"), Closes())
            .Session("D", s => s with { State = SessionState.Cancelled });

        Of(world).Pending.Where(p => p.Learner is null && p.Blocks == Blocking.Settled).Select(p => (p.Session.Reference.Value, p.Kind))
            .ShouldBe([("A", PendingKind.NotOpened), ("B", PendingKind.NotClosed), ("C", PendingKind.NotSealed)]);
        Of(world, At(12, 40)).Pending.ShouldNotContain(p => p.Kind == PendingKind.NotOpened, "its window has not ended yet");
    }

    [Fact]
    public void A_half_day_of_a_paper_month_waits_for_its_sheet()
    {
        var world = new RegionWorld().Enrol("S1", "Petit").OnPaper()
            .Session("A", s => s with { State = SessionState.Planned, OpenedAt = null, ClosedAt = null })
            .Session("B", s => s with { State = SessionState.Open, ClosedAt = null })
            .Session("C", s => s with { State = SessionState.Open, ClosedAt = null }, Signs("S1"))
            .Session("D", null, Reads("S1"), Records());

        Of(world).Pending.Where(p => p.Learner is null && p.Blocks == Blocking.Settled).Select(p => (p.Session.Reference.Value, p.Kind))
            .ShouldBe(
                [("A", PendingKind.PaperDue), ("B", PendingKind.PaperDue), ("C", PendingKind.NotClosed), ("D", PendingKind.NotSealed)],
                "what somebody signed electronically is closed, not read from a sheet");
    }

    [Fact]
    public void A_replacement_waits_until_it_is_confirmed_and_a_file_that_says_otherwise_until_somebody_decides()
    {
        var taken = new SessionEdit(1, At(8, 50), "trainer:F1", EditedField.Trainer, "F2", "F1", null);
        var given = taken with { N = 2, By = "manager:G1", Reason = "Formatrice malade" };
        var asked = new AskedByFile(At(3, 0), "v", []);
        var world = new RegionWorld().Enrol("S1", "Petit")
            .Session("A", s => s with { EditedByHand = true, Edits = [taken] }, Signs("S1"), Closes())
            .Session("B", s => s with { EditedByHand = true, Edits = [taken, given] })
            .Session("C", s => s with { State = SessionState.Cancelled, EditedByHand = true, Asked = asked })
            .Session("D", s => s with { State = SessionState.Planned, Asked = asked });
        var word = new Acceptance("takeover", world.Sessions[0].Session.Id, null, "", "manager:G1", At(9, 0));

        Planned().ShouldBe([("A", PendingKind.Takeover), ("C", PendingKind.Conflict)]);
        Of(world).Pending.Where(p => p.Kind is PendingKind.Takeover or PendingKind.Conflict).ShouldAllBe(p => p.Blocks == null);
        Planned(word).ShouldBe([("C", PendingKind.Conflict)]);
        Planned(word with { At = At(8, 0) }).Count.ShouldBe(2, "it was taken over again since");

        List<(string, PendingKind)> Planned(params Acceptance[] accepted) =>
        [
            .. Of(world, null, accepted).Pending.Where(p => p.Kind is PendingKind.Takeover or PendingKind.Conflict)
                .Select(p => (p.Session.Reference.Value, p.Kind)),
        ];
    }

    [Fact]
    public void A_sheet_that_says_less_than_is_known_is_not_sealed()
    {
        var world = new RegionWorld().Enrol("S1", "Petit").Session("A", null, Signs("S1"), Closes());
        world.Sessions[0] = world.Sessions[0] with { Sheet = new SheetProofOf("a.pdf", "aa") { Facts = 1 } };
        Of(world).Total.Sessions.ShouldBe(new SessionFigures(1, 1, 1, 0));

        world.Sessions[0] = world.Sessions[0] with { Sheet = new SheetProofOf("a.pdf", "aa") { Facts = 2 } };
        Of(world).Total.Sessions.ShouldBe(new SessionFigures(1, 1, 1, 1));
        Of(world).Pending.ShouldNotContain(p => p.Kind == PendingKind.NotSealed);
    }

    [Fact]
    public void An_acceptance_stands_until_something_new_is_said_of_the_same()
    {
        var world = new RegionWorld().Enrol("S1", "Petit").Session("A", null, Signs("S1"), Closes(headCount: 3));
        world.Sessions[0] = world.Sessions[0] with { Sheet = new SheetProofOf("a.pdf", "aa") };
        var accepted = new Acceptance(
            "head-count", world.Sessions[0].Session.Id, null, "Deux visiteurs", "manager:G1", At(14, 0));

        Of(world).Pending.Select(p => p.Code).ShouldBe(["head-count"]);
        Of(world, null, accepted).Pending.ShouldBeEmpty();
        Of(world, null, accepted with { At = At(12, 0) }).Pending.Select(p => p.Code).ShouldBe(["head-count"], "the closing came after it");
    }

    [Fact]
    public void An_absence_waits_after_five_days_and_blocks_nothing()
    {
        var world = new RegionWorld().Enrol("S1", "Petit").Session("A", null, Missed("S1"), Closes(0, 0));
        world.Sessions[0] = world.Sessions[0] with { Sheet = new SheetProofOf("a.pdf", "aa") };

        Of(world, At(12, 0, day: Monday.AddDays(4))).Pending.ShouldBeEmpty();
        var waiting = Of(world).Pending.ShouldHaveSingleItem();
        waiting.Kind.ShouldBe(PendingKind.AbsenceDue);
        waiting.Blocks.ShouldBeNull();
        waiting.Name.ShouldBe("Petit Zoé");
    }

    [Fact]
    public void A_learner_of_another_funder_counts_for_everybody_and_not_for_the_Region()
    {
        var world = new RegionWorld().Enrol("S1", "Petit").Enrol("S2", "Grand", "OPCO")
            .Session("A", null, Signs("S1"), Signs("S2"), Closes(2, 2));

        var group = Of(world).Groups.ShouldHaveSingleItem();
        (group.Counts.All.Done, group.Counts.Funded.Done).ShouldBe((420, 210));
        (group.Counts.Learners, group.Counts.FundedLearners).ShouldBe((2, 1));
        Of(world).Learners.Select(l => (l.Funder, l.Cells[0].Funded)).ShouldBe([("REGION", true), ("OPCO", false)]);
    }

    [Fact]
    public void What_corrections_would_move_is_what_they_move()
    {
        var cell = new LearnerCell(new(Monday, HalfDay.Morning, Ref("A")), AttendanceStatus.AbsentUnjustified, 0, 0, 0, 0, 210, null,
            false, true);

        CorrectionEffect.Of([(cell, 210)], AttendanceMark.AbsentJustified, 0).ShouldBe(new(1, 0, 210, -210, 1));
        CorrectionEffect.Of([(cell, 210)], AttendanceMark.Late, 30).ShouldBe(new(1, 180, 0, -210, 1));
    }

    private static SummaryOfMonth Of(RegionWorld world, DateTimeOffset? now = null, params Acceptance[] accepted) =>
        Of(world, now, [], accepted);

    private static SummaryOfMonth Of(
        RegionWorld world, DateTimeOffset? now, IReadOnlyList<PlacementWeekRow> weeks, IReadOnlyList<Acceptance> accepted)
    {
        var everyone = new RegionScope(
            world.Organisation,
            Month,
            new RegionPeople(world.Trainings, world.Trainers, world.Learners, world.Enrolments) { Modes = world.Modes },
            _ => false,
            everyone: true);
        var summary = new MonthSummary(everyone, world.Scope(), accepted, now ?? MonthOver);
        foreach (var day in DaysOf(world))
        {
            summary.Read(day);
        }

        return summary.Finish(weeks);
    }

    private static IEnumerable<IReadOnlyList<SessionFacts>> DaysOf(RegionWorld world) =>
        world.Sessions.OrderBy(s => s.Session.Id).GroupBy(s => s.Session.Id.Date).Select(day => day.ToList());
}
