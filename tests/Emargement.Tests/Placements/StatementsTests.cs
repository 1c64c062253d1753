using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;

namespace Emargement.Tests.Placements;

/// <summary>What a learner, a tutor and the organisation may state, and what is refused.</summary>
public sealed class StatementsTests
{
    private static readonly DateOnly Wednesday = DateOnly.Parse("2026-11-11");

    [Theory]
    [InlineData("2026-11-12", 420, null, "a usual day")]
    [InlineData("2026-11-12", 600, null, "ten hours are the most")]
    [InlineData("2026-11-12", 601, "declaration-day-too-long", "a minute more is refused, not cut")]
    [InlineData("2026-11-12", -1, "declaration-times-invalid", "no negative work")]
    [InlineData("2026-11-11", 0, null, "nothing on a public holiday needs no confirmation")]
    [InlineData("2026-11-11", 420, "declaration-holiday-unconfirmed", "work on a public holiday is confirmed")]
    [InlineData("2026-11-14", 240, null, "a Saturday that was worked is declared although nobody expected it")]
    [InlineData("2026-11-15", 240, "declaration-day-to-come", "no day is signed before it comes")]
    [InlineData("2026-11-17", 240, "declaration-days-invalid", "a day of another week")]
    public void A_day_is_declared_within_the_law(string day, int minutes, string? code, string why) =>
        (Declare(DayDeclaration.Worked(DateOnly.Parse(day), minutes)).Refusal?.Code).ShouldBe(code, why);

    [Theory]
    [InlineData("09:00", "17:00", 60, 420, null, "an hour for lunch")]
    [InlineData("22:00", "05:00", 30, 390, null, "bakers end the next day")]
    [InlineData("08:00", "19:30", 60, 630, "declaration-day-too-long", "ten hours and a half")]
    [InlineData("09:00", "10:00", 90, -30, "declaration-times-invalid", "a break longer than the day")]
    public void Times_give_the_hours(string start, string end, int pause, int minutes, string? code, string why)
    {
        var day = DayDeclaration.Between(DateOnly.Parse("2026-11-12"), TimeOnly.Parse(start), TimeOnly.Parse(end), pause);

        day.Minutes.ShouldBe(minutes, why);
        (Declare(day).Refusal?.Code).ShouldBe(code, why);
    }

    [Fact]
    public void Hours_that_do_not_follow_from_the_times_are_refused() =>
        Declare(DayDeclaration.Between(DateOnly.Parse("2026-11-12"), new TimeOnly(9, 0), new TimeOnly(17, 0), 60) with { Minutes = 480 })
            .Refusal!.Code.ShouldBe("declaration-times-invalid");

    [Fact]
    public void A_week_of_more_than_48_hours_is_refused_even_when_declared_in_two_parts()
    {
        var scene = Scene();
        scene.Declare("2026-W46", 580);

        var more = LearnerStatements.Declare(
            scene.State,
            scene.Calendar,
            Week,
            [DayDeclaration.Worked(DateOnly.Parse("2026-11-14"), 600)],
            PlacementScene.Signature,
            "learner:S1",
            scene.Today,
            scene.Now);

        more.Refusal!.Code.ShouldBe("declaration-week-too-long", "four days of 9 h 40 and ten hours more");
    }

    [Fact]
    public void A_confirmed_holiday_and_an_absence_with_its_reason_are_declared()
    {
        Declare(DayDeclaration.Worked(Wednesday, 420) with { HolidayConfirmed = true }).IsOk.ShouldBeTrue();
        Declare(DayDeclaration.Absent(DateOnly.Parse("2026-11-12"), "Rendez-vous médical")).IsOk.ShouldBeTrue();
        Declare(DayDeclaration.Absent(DateOnly.Parse("2026-11-12"), " ")).Refusal!.Code.ShouldBe("declaration-absence-invalid");
    }

    [Fact]
    public void A_declaration_without_a_signature_is_refused()
    {
        var scene = Scene();

        LearnerStatements.Declare(
            scene.State,
            scene.Calendar,
            Week,
            [DayDeclaration.Worked(DateOnly.Parse("2026-11-12"), 420)],
            new FactSignature(null, " ", null),
            "learner:S1",
            scene.Today,
            scene.Now)
            .Refusal!.Code.ShouldBe("signature-missing");
    }

    [Fact]
    public void What_the_tutor_validated_can_no_longer_be_declared()
    {
        var scene = Scene().Declare("2026-W46");
        scene.Validate().IsOk.ShouldBeTrue();

        LearnerStatements.Declare(
            scene.State,
            scene.Calendar,
            Week,
            [DayDeclaration.Worked(DateOnly.Parse("2026-11-12"), 400)],
            PlacementScene.Signature,
            "learner:S1",
            scene.Today,
            scene.Now)
            .Refusal!.Code.ShouldBe("placement-day-validated");
    }

    [Fact]
    public void A_week_that_changed_under_the_tutor_s_eyes_is_not_signed_unseen()
    {
        var scene = Scene().Declare("2026-W46");
        var seen = new Dictionary<IsoWeek, int> { [Week] = scene.State.NextSequence(Week) };
        scene.Declare("2026-W46", 360);

        TutorStatements.Validate(
            scene.State,
            scene.State.Placement.Terms.Tutors[0],
            null,
            seen,
            new Dictionary<DateOnly, int>(),
            PlacementScene.Signature,
            scene.Now)
            .Refusal!.Code.ShouldBe("week-changed");
    }

    [Fact]
    public void A_tutor_changes_no_hours_without_a_disagreement()
    {
        var scene = Scene().Declare("2026-W46");

        scene.Validate(
            decided: new Dictionary<DateOnly, int> { [DateOnly.Parse("2026-11-12")] = 300 }).Refusal!.Code.ShouldBe("decision-invalid");
    }

    [Theory]
    [InlineData("2026-11-12", 210, "Partie à midi", null, "hours and a reason")]
    [InlineData("2026-11-12", 210, " ", "reason-missing", "the learner must know why")]
    [InlineData("2026-11-12", 420, "Non", "disagreement-hours-invalid", "the same hours are no disagreement")]
    [InlineData("2026-11-18", 210, "Non", "nothing-to-validate", "a day that nobody declared")]
    public void A_disagreement_says_which_day_how_many_hours_and_why(string day, int minutes, string reason, string? code, string why) =>
        (Scene().Declare("2026-W46").Disagree(day, minutes, reason).Refusal?.Code).ShouldBe(code, why);

    [Fact]
    public void A_corrected_day_is_the_tutor_s_again_and_may_be_disputed_again()
    {
        var scene = Scene().Declare("2026-W46");
        scene.Disagree("2026-11-12", 210).IsOk.ShouldBeTrue();
        scene.State.Day(DateOnly.Parse("2026-11-12")).Phase.ShouldBe(DayPhase.Disputed);

        scene.Declare("2026-W46", 300);

        scene.State.Day(DateOnly.Parse("2026-11-12")).Phase.ShouldBe(DayPhase.ToValidate);
        scene.Disagree("2026-11-12", 210).IsOk.ShouldBeTrue();
    }

    [Fact]
    public void A_paper_form_stands_over_what_was_declared()
    {
        var scene = Scene().Declare("2026-W46");
        var paper = OfficeStatements.RecordPaper(
            scene.State,
            [new DayMinutes(DateOnly.Parse("2026-11-12"), 300)],
            "Tutrice sans adresse",
            new string('a', 64),
            "manager:M1",
            scene.Today,
            scene.Now);

        scene.Add(paper.Value!.ShouldHaveSingleItem());

        scene.State.Day(DateOnly.Parse("2026-11-12"))
            .ShouldSatisfyAllConditions(d => d.SettledMinutes.ShouldBe(300), d => d.FromPaper.ShouldBeTrue());
    }

    [Fact]
    public void The_tutor_s_mail_is_not_asked_for_twice_within_ten_minutes()
    {
        var scene = Scene();
        var section = scene.Calendar.Sections(scene.Calendar.Periods()[0])[0];
        scene.Add(OfficeStatements.AskLink(scene.State, section, null, "manager:M1", scene.Now).Value!);

        OfficeStatements.AskLink(scene.State, section, null, "tutor:t1", scene.Now.AddMinutes(9)).Refusal!.Args!["retryAfter"]
            .ShouldBe("60");
        OfficeStatements.AskLink(scene.State, section, null, "tutor:t1", scene.Now.AddMinutes(10)).IsOk.ShouldBeTrue();
    }

    [Fact]
    public void Two_changes_made_from_one_version_exclude_each_other_by_their_key()
    {
        var state = Scene().State;
        var first = PlacementPlanning.Change(
            state, 0, state.Placement.Terms with { MinutesADay = 400 }, "Horaires d'hiver", "manager:M1", state.CreatedAt).Value!;
        var second = PlacementPlanning.Cancel(state, 0, "Fermeture", "manager:M2", state.CreatedAt).Value!;

        second.Key.ShouldBe(first.Key);
        PlacementPlanning.Cancel(state, 1, "Fermeture", "manager:M2", state.CreatedAt).Refusal!.Code.ShouldBe("placement-changed");
    }

    [Fact]
    public void A_shorter_placement_keeps_what_the_tutor_validated()
    {
        var scene = Scene().Declare("2026-W46");
        scene.Validate().IsOk.ShouldBeTrue();

        PlacementPlanning.Change(
            scene.State, 0, scene.State.Placement.Terms with { LastDay = DateOnly.Parse("2026-11-10") }, "Rupture", "manager:M1", scene.Now)
            .Refusal!.Code.ShouldBe("placement-day-validated");
    }

    [Theory]
    [InlineData("2026-11-27", "2026-11-02", "placement-dates-invalid", "ends before it starts")]
    [InlineData("2026-11-02", "2028-12-01", "placement-dates-invalid", "longer than one validation can sign")]
    [InlineData("2026-11-07", "2026-11-08", "placement-without-day", "a week-end when Monday to Friday are worked")]
    [InlineData("2026-11-02", "2026-12-04", "placement-tutors-invalid", "nobody answers for the last week")]
    public void Terms_that_do_not_hold_together_are_refused(string first, string last, string code, string why) =>
        (PlacementScene.Terms() with { FirstDay = DateOnly.Parse(first), LastDay = DateOnly.Parse(last) })
            .Check()!.Code.ShouldBe(code, why);

    [Fact]
    public void A_fact_is_written_in_one_way_and_reads_back()
    {
        var fact = new Validated
        {
            At = DateTimeOffset.Parse("2026-11-27T16:00:00Z"),
            By = "tutor:t1",
            Week = Week,
            Sequence = 2,
            Tutor = "t1",
            Days = [new DayMinutes(Wednesday, 420)],
            Signature = new FactSignature(null, "Mme Ruiz", null),
        };

        var json = PlacementFactJson.Write(fact);

        System.Text.Encoding.UTF8.GetString(json).ShouldBe(
            """{"kind":"validated","tutor":"t1","days":[{"date":"2026-11-11","minutes":420}],"signature":{"typedName":"Mme Ruiz"}"""
            + ""","week":"2026-W46","sequence":2,"at":"2026-11-27T16:00:00.0000000Z","by":"tutor:t1"}""");
        PlacementFactJson.Write(PlacementFactJson.Read(json)).ShouldBe(json);
        fact.Key.ShouldBe("week|2026-W46|0002");
    }

    [Fact]
    public void Keys_and_dates_that_follow_from_a_fact_are_not_written_in_it()
    {
        var scene = Scene().Declare("2026-W46");
        scene.Disagree("2026-11-12", 210).IsOk.ShouldBeTrue();
        scene.Maintain("2026-11-12").IsOk.ShouldBeTrue();

        scene.Until("2026-12-30 12:00").State.Facts.Select(f => System.Text.Encoding.UTF8.GetString(PlacementFactJson.Write(f)))
            .ShouldAllBe(json => !json.Contains('|') && !json.Contains("\"dates\""), "only keys hold a bar");
    }

    [Fact]
    public void The_export_says_each_week_s_minutes_of_its_month_and_of_funded_days_only()
    {
        var scene = new PlacementScene(PlacementScene.Terms("2026-11-23", "2026-12-04"), "2026-11-20 09:00")
            .Until("2026-11-27 15:00")
            .Declare("2026-W48");
        scene.Validate().IsOk.ShouldBeTrue();
        scene.Until("2026-12-04 15:00").Declare("2026-W49");

        var november = PlacementExport.Of(scene.State, scene.Calendar, new YearMonth(2026, 11), d => d > DateOnly.Parse("2026-11-23"))
            .ToList();

        november.Select(w => (w.Week, w.DeclaredMinutes, w.ValidatedMinutes, w.Status))
            .ShouldBe([("2026-W48", 1680, 1680, "validee"), ("2026-W49", 420, 0, "declaree")]);
    }

    private static IsoWeek Week => IsoWeek.Of(Wednesday);

    private static PlacementScene Scene() =>
        new PlacementScene(PlacementScene.Terms("2026-11-09", "2026-11-27"), "2026-11-09 08:00", isHoliday: d => d == Wednesday)
            .Until("2026-11-14 12:00");

    private static Result<Declared> Declare(DayDeclaration day)
    {
        var scene = Scene();
        return LearnerStatements.Declare(
            scene.State, scene.Calendar, Week, [day], PlacementScene.Signature, "learner:S1", scene.Today, scene.Now);
    }

    private static DayMinutes Day(string date, int minutes) => new(DateOnly.Parse(date), minutes);
}
