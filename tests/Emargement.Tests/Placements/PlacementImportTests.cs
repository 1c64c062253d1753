using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Import;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;

namespace Emargement.Tests.Placements;

/// <summary>What planning files make of placements, as pure rules.</summary>
public sealed class PlacementImportTests
{
    private static readonly EnrolmentPeriod Period =
        new(
            "REGION",
            null,
            null,
            DateOnly.Parse("2026-09-01"),
            null,
            "Chez Ruiz",
            "Mme Ruiz",
            EmailAddress.Parse("ruiz@chez-ruiz.example"));

    [Fact]
    public void The_enrolment_and_the_days_in_company_make_the_terms()
    {
        DayMinutes[] days = [Day("2026-11-05", 420), Day("2026-11-06", 420), Day("2026-11-19", 420), Day("2026-11-20", 240)];

        var terms = PlacementImport.TermsOf(Period, days, ValidationRhythm.AtEnd)!;

        terms.Check().ShouldBeNull();
        (terms.FirstDay, terms.LastDay, terms.MinutesADay).ShouldBe((DateOnly.Parse("2026-11-05"), DateOnly.Parse("2026-11-20"), 420));
        terms.WorkDays.ShouldBe([DayOfWeek.Thursday, DayOfWeek.Friday]);
        terms.DaysOff.ShouldBe([new DayRange(DateOnly.Parse("2026-11-12"), DateOnly.Parse("2026-11-13"))], "the week in the centre");
        new DayRange(terms.FirstDay, terms.LastDay)
            .Days()
            .Where(terms.IsWorkDay)
            .ShouldBe(days.Select(d => d.Date), "the days of the planning and no other");
    }

    [Theory]
    [InlineData(null, "Mme Ruiz", true, "no company")]
    [InlineData("Chez Ruiz", null, true, "nobody could validate")]
    [InlineData("Chez Ruiz", "Mme Ruiz", false, "all is there")]
    public void A_company_or_a_tutor_that_is_not_named_makes_no_placement(string? company, string? tutor, bool lacks, string why)
    {
        var period = Period with { Company = company, TutorName = tutor };
        PlacementImport.LacksTutor(period, [Day("2026-11-05", 420)]).ShouldBe(lacks, why);
        (PlacementImport.TermsOf(period, [Day("2026-11-05", 420)], ValidationRhythm.AtEnd) is null).ShouldBe(lacks, why);
        PlacementImport.LacksTutor(period, []).ShouldBeFalse("no day in a company");
    }

    [Fact]
    public void Days_outside_the_enrolment_are_not_the_learner_s()
    {
        var leaves = Period with { Exit = DateOnly.Parse("2026-11-05") };

        PlacementImport.TermsOf(
            leaves,
            [Day("2026-11-05", 420), Day("2026-11-06", 420)],
            ValidationRhythm.AtEnd)!.LastDay.ShouldBe(DateOnly.Parse("2026-11-05"));
    }

    [Fact]
    public void The_same_file_again_changes_nothing_even_after_a_person_s_change()
    {
        var (scene, file) = Imported();
        PlacementImport.Update(scene.State, file, scene.Today, scene.Now).Value!.ShouldBeEmpty();

        scene.Change(
            t => t with { LastDay = t.LastDay.AddDays(7), Tutors = TutorPeriod.Stretch(t.Tutors, t.FirstDay, t.LastDay.AddDays(7)) });

        PlacementImport.Update(scene.State, file, scene.Today, scene.Now).Value!.ShouldBeEmpty("the file says nothing new");
    }

    [Fact]
    public void A_longer_planning_extends_the_placement_and_keeps_its_rhythm()
    {
        var (scene, _) = Imported();

        var change = PlacementImport.Update(
            scene.State,
            File("2026-11-02", "2026-12-04") with { Validation = ValidationRhythm.Monthly },
            scene.Today,
            scene.Now).Value!.Single();

        change.Terms.LastDay.ShouldBe(DateOnly.Parse("2026-12-04"));
        change.Terms.Tutors.Single().To.ShouldBe(DateOnly.Parse("2026-12-04"));
        change.Terms.Validation.ShouldBe(ValidationRhythm.AtEnd, "a running placement keeps what was agreed");
        change.By.ShouldBe("import");
    }

    [Fact]
    public void What_a_person_changed_stands_above_another_file()
    {
        var (scene, _) = Imported();
        scene.Change(t => t with { Company = "Ruiz et filles" });

        PlacementImport.Update(
            scene.State, File("2026-11-02", "2026-12-04"), scene.Today, scene.Now).Refusal!.Code.ShouldBe("placement-edited");
        PlacementImport.Withdraw(scene.State, scene.Now).Refusal!.Code.ShouldBe("placement-edited");
    }

    [Fact]
    public void A_file_that_says_what_a_person_had_entered_takes_the_placement_over()
    {
        var scene = new PlacementScene(File("2026-11-02", "2026-11-27"), "2026-10-30 10:00");
        var file = File("2026-11-02", "2026-11-27");

        scene.Add(PlacementImport.Update(scene.State, file, scene.Today, scene.Now).Value!.Single());

        scene.State.PlannedBy.ShouldBe("import");
        PlacementImport.Update(scene.State, file, scene.Today, scene.Now).Value!.ShouldBeEmpty();
    }

    [Fact]
    public void A_shorter_file_never_drops_what_the_tutor_validated()
    {
        var (scene, _) = Imported();
        scene.Until("2026-11-27 17:30").Declare("2026-W48").Validate().IsOk.ShouldBeTrue();

        PlacementImport.Update(
            scene.State, File("2026-11-02", "2026-11-20"), scene.Today, scene.Now).Refusal!.Code.ShouldBe("placement-day-validated");
    }

    [Fact]
    public void A_placement_that_left_the_planning_is_cancelled_only_while_nothing_is_declared_and_comes_back_with_it()
    {
        var (scene, file) = Imported();
        scene.Add(PlacementImport.Withdraw(scene.State, scene.Now).Value!.Single());
        scene.State.Placement.Cancelled.ShouldBeTrue();
        PlacementImport.Withdraw(scene.State, scene.Now).Value!.ShouldBeEmpty();

        scene.Add(PlacementImport.Update(scene.State, file, scene.Today, scene.Now).Value!.Single());
        scene.State.Placement.Cancelled.ShouldBeFalse();

        scene.Until("2026-11-06 17:00").Declare("2026-W45");
        PlacementImport.Withdraw(scene.State, scene.Now).Refusal!.Code.ShouldBe("placement-declared");
    }

    [Fact]
    public void A_new_tutor_answers_from_this_week_on_and_the_former_one_for_the_weeks_before()
    {
        var (scene, _) = Imported();
        scene.Until("2026-11-11 10:00").Declare("2026-W45");

        var terms = PlacementImport.Update(
            scene.State, File("2026-11-02", "2026-11-27", "M. Paul"), scene.Today, scene.Now).Value!.Single().Terms;

        terms.Check().ShouldBeNull();
        terms.Tutors.Select(t => (t.Key, t.Name, t.From, t.To)).ShouldBe(
        [
            ("t1", "Mme Ruiz", DateOnly.Parse("2026-11-02"), DateOnly.Parse("2026-11-08")),
            ("t2", "M. Paul", DateOnly.Parse("2026-11-09"), DateOnly.Parse("2026-11-27")),
        ]);
    }

    [Fact]
    public void A_new_tutor_before_anything_is_declared_takes_the_place_of_the_first()
    {
        var (scene, _) = Imported();

        var tutor = PlacementImport.Update(
            scene.State, File("2026-11-02", "2026-11-27", "M. Paul"), scene.Today, scene.Now).Value!.Single().Terms.Tutors.Single();

        (tutor.Key, tutor.Name).ShouldBe(("t1", "M. Paul"));
    }

    [Fact]
    public void Moved_dates_and_a_renamed_company_are_the_same_placement_and_a_second_stay_is_another()
    {
        var known = Known("2026-11-02", "2026-11-27");
        Pair([File("2026-11-09", "2026-12-04")], known).Single().Known.ShouldBe(known, "its days overlap");
        Pair([File("2026-11-02", "2026-11-27") with { Company = "Ruiz SARL" }], known)
            .Single().Known.ShouldBe(known, "a new name, the same days");
        Pair([File("2027-01-04", "2027-01-29")], known).Single().Known.ShouldBe(known, "moved whole, the same company");
        var elsewhere = Pair([File("2027-01-04", "2027-01-29") with { Company = "Garage Viguier" }], known);
        elsewhere.Select(p => (p.Wanted is null, p.Known is null)).ShouldBe(
            [(false, true), (true, false)], "another company at another time: one to create, one to withdraw");
        Pair([], known with { FileHash = null }).ShouldBeEmpty("a person's placement is nobody's to withdraw");
    }

    private static IReadOnlyList<(WantedPlacement? Wanted, KnownPlacement? Known)> Pair(PlacementTerms[] files, KnownPlacement known) =>
        PlacementImport.Pair([.. files.Select(f => new WantedPlacement(known.Learner, known.Training, known.Group, f))], [known]);

    private static KnownPlacement Known(string first, string last) =>
        new(
            default,
            Reference.Parse("S1"),
            Reference.Parse("A1"),
            "G1",
            "Chez Ruiz",
            DateOnly.Parse(first),
            DateOnly.Parse(last),
            Cancelled: false,
            FileHash: "hash");

    private static DayMinutes Day(string day, int minutes) => new(DateOnly.Parse(day), minutes);

    private static PlacementTerms File(string first, string last, string tutor = "Mme Ruiz") => PlacementImport.TermsOf(
        Period with { TutorName = tutor },
        [
            .. new DayRange(DateOnly.Parse(first), DateOnly.Parse(last))
                .Days()
                .Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                .Select(d => new DayMinutes(d, 420)),
        ],
        ValidationRhythm.AtEnd)!;

    private static (PlacementScene Scene, PlacementTerms File) Imported()
    {
        var file = File("2026-11-02", "2026-11-27");
        var scene = new PlacementScene(file, "2026-10-30 10:00");
        scene.Add(PlacementImport.Update(scene.State, file, scene.Today, scene.Now).Value!.Single());
        return (scene, file);
    }
}
