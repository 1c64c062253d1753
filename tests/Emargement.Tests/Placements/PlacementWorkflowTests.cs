using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Tests.Placements;

/// <summary>What the workflow does and when, as timelines. November 2026: the 2nd is a Monday, ISO week 45.</summary>
public sealed class PlacementWorkflowTests
{
    [Fact]
    public void A_week_not_declared_is_reminded_on_its_last_day_then_one_and_three_days_later() =>
        new PlacementScene(PlacementScene.Terms(), "2026-10-20 09:00").Until("2026-11-12 12:00").Log.ShouldBe(
        [
            "2026-11-06 16:00 declare.2026-W45.11.0",
            "2026-11-07 16:00 declare.2026-W45.11.1",
            "2026-11-09 16:00 declare.2026-W45.11.2",
        ]);

    [Fact]
    public void A_week_declared_before_its_reminder_is_never_reminded() =>
        new PlacementScene(PlacementScene.Terms(), "2026-10-20 09:00")
            .Until("2026-11-06 15:59").Declare("2026-W45").Until("2026-11-12 12:00").Log.ShouldBeEmpty();

    [Fact]
    public void A_late_declaration_stops_the_reminders_that_were_left() =>
        new PlacementScene(PlacementScene.Terms(), "2026-10-20 09:00")
            .Until("2026-11-08 10:00").Declare("2026-W45").Until("2026-11-12 12:00").Log.ShouldBe(
            [
                "2026-11-06 16:00 declare.2026-W45.11.0",
                "2026-11-07 16:00 declare.2026-W45.11.1",
            ]);

    [Fact]
    public void When_all_is_declared_the_tutor_is_asked_on_the_last_day_and_the_seal_follows_the_validation()
    {
        var scene = Declared(PlacementScene.Terms());
        scene.Until("2026-11-27 18:00").Log.ShouldBe(["2026-11-27 17:00 validate.all.t1.0.0"]);

        scene.Until("2026-11-28 10:00").Validate().IsOk.ShouldBeTrue();

        scene.Until("2026-12-31 10:00").Log.Skip(1).ShouldBe(["2026-11-28 10:00 seal all v1"]);
        scene.Finished.ShouldBeTrue();
    }

    [Fact]
    public void A_tutor_on_holiday_is_reminded_at_three_and_ten_days_then_the_managers_are_told() =>
        Declared(PlacementScene.Terms()).Until("2026-12-31 10:00").Log.ShouldBe(
        [
            "2026-11-27 17:00 validate.all.t1.0.0",
            "2026-11-30 17:00 validate.all.t1.0.1",
            "2026-12-07 17:00 validate.all.t1.0.2",
            "2026-12-10 17:00 tutor-silent.all.t1.0",
        ]);

    [Fact]
    public void A_manager_who_knows_that_the_tutor_is_away_has_the_mail_sent_again_on_a_later_day()
    {
        var scene = Declared(PlacementScene.Terms()).Until("2026-11-30 18:00");
        var section = scene.Calendar.Sections(scene.Calendar.Periods()[0])[0];
        scene.Add(OfficeStatements.AskLink(scene.State, section, DateOnly.Parse("2026-12-14"), "manager:M1", scene.Now).Value!);

        scene.Until("2026-12-18 10:00").Log.Skip(2)
            .ShouldBe(["2026-12-14 09:00 validate.all.t1.1.0", "2026-12-17 09:00 validate.all.t1.1.1"]);
    }

    [Fact]
    public void A_tutor_is_asked_for_what_is_there_when_a_week_stays_undeclared()
    {
        var scene = new PlacementScene(PlacementScene.Terms("2026-11-16", "2026-11-27"), "2026-11-10 09:00");
        scene.Until("2026-11-20 15:00").Declare("2026-W47");

        scene.Until("2026-12-04 18:00").Log.ShouldBe(
            [
                "2026-11-27 16:00 declare.2026-W48.11.0",
                "2026-11-28 16:00 declare.2026-W48.11.1",
                "2026-11-30 16:00 declare.2026-W48.11.2",
                "2026-12-01 09:00 validate.all.t1.0.0",
                "2026-12-04 09:00 validate.all.t1.0.1",
                "2026-12-04 09:00 undeclared.all",
            ],
            "the tutor waits for the learner's last reminder, no longer");
    }

    [Fact]
    public void A_week_declared_after_the_tutor_validated_the_others_is_asked_for_anew()
    {
        var scene = new PlacementScene(PlacementScene.Terms("2026-11-16", "2026-11-27"), "2026-11-10 09:00");
        scene.Until("2026-11-20 15:00").Declare("2026-W47").Until("2026-12-02 10:00").Validate().IsOk.ShouldBeTrue();
        scene.Until("2026-12-03 11:00").Declare("2026-W48");

        scene.Until("2026-12-03 12:00").Log[^1].ShouldBe("2026-12-03 11:00 validate.all.t1.1.0");
        scene.Log.ShouldNotContain(l => l.Contains("seal"), "half of a placement is not sealed");
    }

    [Fact]
    public void A_tutor_who_validated_one_week_only_is_still_reminded_of_the_others_from_the_first_mail()
    {
        var scene = Declared(PlacementScene.Terms()).Until("2026-11-28 10:00");
        scene.Validate("2026-W45").IsOk.ShouldBeTrue();

        scene.Until("2026-11-30 18:00").Log[^1].ShouldBe("2026-11-30 17:00 validate.all.t1.0.1");
    }

    [Fact]
    public void A_disagreement_goes_to_the_learner_and_comes_back_to_the_tutor_who_decides()
    {
        var scene = Declared(PlacementScene.Terms()).Until("2026-11-28 10:00");
        scene.Disagree("2026-11-25", 210).IsOk.ShouldBeTrue();
        scene.Validate().IsOk.ShouldBeTrue("the other days do not wait");
        scene.Until("2026-12-01 11:00").Maintain("2026-11-25").IsOk.ShouldBeTrue();
        scene.Until("2026-12-02 10:00").Disagree("2026-11-25", 200).Refusal!.Code.ShouldBe("disagreement-answered");
        scene.Validate(decided: new Dictionary<DateOnly, int> { [DateOnly.Parse("2026-11-25")] = 210 }).IsOk.ShouldBeTrue();

        scene.Until("2026-12-03 10:00").Log.ShouldBe(
        [
            "2026-11-27 17:00 validate.all.t1.0.0",
            "2026-11-28 10:00 answer.2026-W48.1.0",
            "2026-12-01 10:00 answer.2026-W48.1.1",
            "2026-12-01 11:00 validate.all.t1.1.0",
            "2026-12-02 10:00 seal all v1",
        ]);
        scene.State.Day(DateOnly.Parse("2026-11-25")).SettledMinutes.ShouldBe(210);
    }

    [Fact]
    public void A_learner_who_leaves_ends_the_placement_on_that_day_and_the_tutor_is_asked_for_what_was_done()
    {
        var scene = new PlacementScene(PlacementScene.Terms(), "2026-10-20 09:00");
        scene.Until("2026-11-06 15:00").Declare("2026-W45").Until("2026-11-10 09:00");

        scene.Change(t => t with { LastDay = DateOnly.Parse("2026-11-06") }, "Rupture de la période en entreprise");

        scene.Until("2026-11-10 10:00").Log.ShouldBe(["2026-11-10 09:00 validate.all.t1.0.0"]);
        scene.Validate().IsOk.ShouldBeTrue();
        scene.Until("2026-11-30 10:00").Log.Skip(1).ShouldBe(["2026-11-10 10:00 seal all v1"]);
        scene.Finished.ShouldBeTrue();
    }

    [Fact]
    public void A_cancelled_placement_mails_nobody_any_more_and_ends()
    {
        var scene = new PlacementScene(PlacementScene.Terms(), "2026-10-20 09:00").Until("2026-11-03 09:00");
        scene.Add(PlacementPlanning.Cancel(scene.State, 0, "Entreprise fermée", "manager:M1", scene.Now).Value!);

        scene.Until("2026-12-31 10:00").Log.ShouldBeEmpty();
        scene.Finished.ShouldBeTrue();
    }

    [Fact]
    public void An_extension_asks_the_tutor_again_at_the_new_end_and_seals_a_new_version()
    {
        var scene = Declared(PlacementScene.Terms()).Until("2026-11-28 10:00");
        scene.Validate().IsOk.ShouldBeTrue();
        scene.Until("2026-11-28 11:00").Change(
            t => t with { LastDay = DateOnly.Parse("2026-12-04"), Tutors = [t.Tutors[0] with { To = DateOnly.Parse("2026-12-04") }] });
        scene.Until("2026-12-04 15:00").Declare("2026-W49").Until("2026-12-05 10:00").Validate().IsOk.ShouldBeTrue();

        scene.Until("2026-12-06 10:00").Log.Skip(1)
            .ShouldBe(["2026-11-28 10:00 seal all v1", "2026-12-04 17:00 validate.all.t1.1.0", "2026-12-05 10:00 seal all v2"]);
    }

    [Fact]
    public void An_extension_after_the_tutor_s_mail_keeps_the_reminders_until_the_new_end()
    {
        var scene = Declared(PlacementScene.Terms()).Until("2026-11-28 10:00");
        scene.Change(
            t => t with { LastDay = DateOnly.Parse("2026-12-04"), Tutors = [t.Tutors[0] with { To = DateOnly.Parse("2026-12-04") }] });

        scene.Until("2026-12-04 15:00").Declare("2026-W49").Until("2026-12-05 10:00");
        scene.Log.Skip(1).ShouldBe(["2026-12-04 17:00 validate.all.t1.1.0"]);
    }

    [Fact]
    public void Two_tutors_are_each_asked_at_the_end_of_their_own_weeks()
    {
        var terms = PlacementScene.Terms() with
        {
            Tutors =
            [
                PlacementScene.Tutor("2026-11-02", "2026-11-15"),
                PlacementScene.Tutor("2026-11-16", "2026-11-27", "t2", "paul@chez-ruiz.example"),
            ],
        };

        Declared(terms).Until("2026-11-29 10:00").Log.ShouldBe(
        [
            "2026-11-13 17:00 validate.all.t1.0.0",
            "2026-11-16 17:00 validate.all.t1.0.1",
            "2026-11-23 17:00 validate.all.t1.0.2",
            "2026-11-26 17:00 tutor-silent.all.t1.0",
            "2026-11-27 17:00 validate.all.t2.0.0",
        ]);
    }

    [Fact]
    public void A_changed_address_is_mailed_at_once_and_its_reminders_start_again()
    {
        var scene = Declared(PlacementScene.Terms()).Until("2026-11-29 10:00");
        scene.Change(t => t with { Tutors = [t.Tutors[0] with { Email = EmailAddress.Parse("ruiz@new.example") }] });

        scene.Until("2026-12-02 12:00").Log.Skip(1)
            .ShouldBe(["2026-11-29 10:00 validate.all.t1.1.0", "2026-12-02 10:00 validate.all.t1.1.1"]);
    }

    [Fact]
    public void A_tutor_without_address_is_the_managers_to_reach() =>
        Declared(PlacementScene.Terms() with { Tutors = [PlacementScene.Tutor("2026-11-02", "2026-11-27", email: null)] })
            .Until("2026-12-31 10:00").Log.ShouldBe(["2026-11-27 17:00 no-address.all.t1"]);

    [Fact]
    public void A_learner_without_email_is_not_mailed_and_the_managers_learn_of_a_silent_end() =>
        new PlacementScene(PlacementScene.Terms(), "2026-10-20 09:00", learnerHasEmail: false).Until("2026-12-31 10:00").Log
            .ShouldBe(["2026-12-04 09:00 undeclared.all"]);

    [Fact]
    public void A_week_of_holidays_is_neither_declared_nor_reminded()
    {
        var terms = PlacementScene.Terms() with { DaysOff = [new DayRange(DateOnly.Parse("2026-11-09"), DateOnly.Parse("2026-11-15"))] };

        Declared(terms).Until("2026-11-28 10:00").Log.ShouldBe(["2026-11-27 17:00 validate.all.t1.0.0"]);
    }

    [Fact]
    public void A_public_holiday_on_the_last_day_moves_the_week_s_reminder_to_the_day_before() =>
        new PlacementScene(
            PlacementScene.Terms("2026-11-09", "2026-11-11"), "2026-11-01 09:00", isHoliday: d => d == DateOnly.Parse("2026-11-11"))
            .Until("2026-11-10 17:30").Log.ShouldBe(["2026-11-10 16:00 declare.2026-W46.11.0"]);

    [Fact]
    public void A_placement_of_one_day_is_reminded_asked_and_sealed_like_any_other()
    {
        var scene = Declared(PlacementScene.Terms("2026-11-18", "2026-11-18"));
        scene.Until("2026-11-18 17:30").Validate().IsOk.ShouldBeTrue();

        scene.Until("2026-11-20 10:00").Log.ShouldBe(["2026-11-18 17:00 validate.all.t1.0.0", "2026-11-18 17:30 seal all v1"]);
        scene.Finished.ShouldBeTrue();
    }

    [Fact]
    public void Across_two_months_a_monthly_placement_is_validated_and_sealed_month_by_month()
    {
        // Monday 30 November and the four days after it are one week of two months.
        var scene = Declared(PlacementScene.Terms("2026-11-23", "2026-12-04", ValidationRhythm.Monthly), "2026-11-30 15:00");
        scene.Until("2026-11-30 18:00").Validate().IsOk.ShouldBeTrue();
        scene.Until("2026-12-04 15:00").Declare("2026-W49").Until("2026-12-05 10:00").Validate().IsOk.ShouldBeTrue();

        scene.Until("2026-12-06 10:00").Log.ShouldBe(
        [
            "2026-11-30 17:00 validate.2026-11.t1.0.0",
            "2026-11-30 18:00 seal 2026-11 v1",
            "2026-12-04 17:00 validate.2026-12.t1.0.0",
            "2026-12-05 10:00 seal 2026-12 v1",
        ]);
    }

    [Fact]
    public void Across_a_year_the_week_keeps_its_iso_number() =>
        new PlacementScene(PlacementScene.Terms("2026-12-28", "2027-01-08"), "2026-12-01 09:00").Until("2027-01-04 17:00").Log.ShouldBe(
            ["2027-01-01 16:00 declare.2026-W53.12.0", "2027-01-02 16:00 declare.2026-W53.12.1", "2027-01-04 16:00 declare.2026-W53.12.2"],
            "Friday 1 January is in week 53 of 2026");

    [Fact]
    public void Across_the_autumn_change_of_clock_reminders_keep_their_local_hour()
    {
        var scene = new PlacementScene(PlacementScene.Terms("2026-10-19", "2026-10-23"), "2026-10-01 09:00");

        scene.Until("2026-10-26 16:30").Log.Select(l => l[..16]).ShouldBe(["2026-10-23 16:00", "2026-10-24 16:00", "2026-10-26 16:00"]);
        (scene.State.Mails.Last().At - scene.State.Mails.First().At).ShouldBe(TimeSpan.FromHours(73), "Sunday 25 October has 25 hours");
    }

    [Fact]
    public void A_placement_entered_a_month_late_sends_one_reminder_not_twelve() =>
        new PlacementScene(PlacementScene.Terms(), "2026-12-01 09:00")
            .Until("2026-12-01 10:00").Log.ShouldBe(["2026-12-01 09:00 declare.2026-W48.11.2"]);

    [Fact]
    public void A_rehearsal_runs_a_month_in_half_an_hour()
    {
        var start = DateTimeOffset.Parse("2026-11-23T10:00:00Z");
        var clock = PlacementClock.Rehearsal(SiteZone.Paris, DateOnly.Parse("2026-11-02"), start, TimeSpan.FromMinutes(1));
        clock.At(DateOnly.Parse("2026-11-06"), new TimeOnly(12, 0)).ShouldBe(start.AddMinutes(4.5));
        clock.DateAt(start.AddMinutes(25.2)).ShouldBe(DateOnly.Parse("2026-11-27"));
        clock.Plus(start, 10).ShouldBe(start.AddMinutes(10));
    }

    // Declares each week on its last expected day at 15:00, until the end or a given time.
    private static PlacementScene Declared(PlacementTerms terms, string? until = null)
    {
        var scene = new PlacementScene(terms, "2026-10-20 09:00");
        foreach (var part in scene.Calendar.Periods().SelectMany(scene.Calendar.Parts))
        {
            var at = part.LastExpected.ToString("yyyy-MM-dd") + " 15:00";
            if (until is null || string.CompareOrdinal(at, until) <= 0)
            {
                scene.Until(at).Declare(part.Week.ToString());
            }
        }
        return scene;
    }
}
