using CsCheck;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Tests.Placements;

/// <summary>
/// After a stop of the service nobody gets in one minute what was meant for several days. November 2026: the 2nd is a Monday.
/// </summary>
public sealed class OutageTests
{
    [Fact]
    public void A_tutor_whose_second_reminder_fell_into_an_outage_gets_one_and_the_managers_are_told_at_its_distance() =>
        Declared().Until("2026-11-28 09:00").Down("2026-12-08 09:00").Until("2026-12-31 10:00").Log.ShouldBe(
        [
            "2026-11-27 17:00 validate.all.t1.0.0",
            "2026-12-08 09:00 validate.all.t1.0.2",
            "2026-12-11 17:00 tutor-silent.all.t1.0",
        ]);

    [Fact]
    public void A_tutor_s_late_first_reminder_keeps_the_second_one_away() =>
        Declared().Until("2026-11-28 09:00").Down("2026-12-07 16:59").Until("2026-12-31 10:00").Log.ShouldBe(
        [
            "2026-11-27 17:00 validate.all.t1.0.0",
            "2026-12-07 16:59 validate.all.t1.0.1",
            "2026-12-14 17:00 validate.all.t1.0.2",
            "2026-12-17 17:00 tutor-silent.all.t1.0",
        ]);

    [Fact]
    public void A_learner_s_late_reminder_of_one_week_keeps_the_first_of_the_next_away_by_a_day() =>
        new PlacementScene(PlacementScene.Terms(), "2026-10-20 09:00")
            .Until("2026-11-08 09:00").Down("2026-11-13 15:59").Until("2026-11-15 10:00").Log.ShouldBe(
        [
            "2026-11-06 16:00 declare.2026-W45.11.0",
            "2026-11-07 16:00 declare.2026-W45.11.1",
            "2026-11-13 15:59 declare.2026-W45.11.2",
            "2026-11-14 16:00 declare.2026-W46.11.1",
        ]);

    [Fact]
    public void A_learner_whom_a_disagreement_reached_late_gets_one_mail_about_it_and_the_managers_are_told_at_its_distance()
    {
        var scene = Declared().Until("2026-11-28 10:00");
        scene.Disagree("2026-11-25", 210).IsOk.ShouldBeTrue();

        scene.Down("2026-12-08 10:01").Until("2026-12-31 10:00").Log.Where(l => l.Contains("answer", StringComparison.Ordinal)).ShouldBe(
        [
            "2026-12-08 10:01 answer.2026-W48.1.1",
            "2026-12-15 10:00 unanswered.2026-W48.1",
        ]);
    }

    [Fact]
    public void Whatever_the_outages_no_person_gets_two_reminders_of_a_sort_within_their_distance() =>
        Gen.Select(Gen.Int[1, 1_500].Array[1, 6], Gen.Int[1, 400].Array[1, 6], Gen.Bool.Array[4], Gen.Bool).Sample(
            (ups, downs, declares, disagrees) => Check(Lived(ups, downs, declares, disagrees)), iter: 2_000);

    // Weeks are declared or not, hours are doubted or not; the service is up and down for so many hours each.
    private static PlacementScene Lived(int[] ups, int[] downs, bool[] declares, bool disagrees)
    {
        var scene = new PlacementScene(PlacementScene.Terms(), "2026-11-02 09:00");
        var weeks = new Queue<(DateTimeOffset At, string Week)>(
            declares.Select((declared, i) => (declared, i)).Where(w => w.declared)
                .Select(w => (PlacementScene.At($"2026-11-{6 + (7 * w.i):D2} 15:00"), $"2026-W{45 + w.i}")));
        foreach (var (up, down) in ups.Zip(downs))
        {
            var stop = scene.Now.AddHours(up);
            while (weeks.TryPeek(out var week) && week.At < stop)
            {
                weeks.Dequeue();
                scene.Until(week.At > scene.Now ? week.At : scene.Now).Declare(week.Week);
            }

            scene.Until(stop);
            if (disagrees && scene.State.Days.FirstOrDefault(d => d.Phase == DayPhase.ToValidate) is { } doubted)
            {
                disagrees = !scene.Disagree(doubted.Date.ToString("yyyy-MM-dd"), 100).IsOk;
            }

            scene.Down(scene.Now.AddHours(down));
        }

        return scene.Until(scene.Now.AddDays(40));
    }

    private static void Check(PlacementScene scene)
    {
        foreach (var (sort, days) in (ValueTuple<Func<Mailed, string?>, int>[])
            [
                (m => m.Purpose == MailPurpose.DeclareWeek ? "declare" : null, 1),
                (m => m.Purpose == MailPurpose.ValidateHours ? m.Slot[..m.Slot.LastIndexOf('.')] : null, 3),
                (m => m.Purpose == MailPurpose.AnswerDisagreement ? m.About : null, 3),
            ])
        {
            foreach (var mails in scene.State.Mails.Where(m => sort(m) is not null).GroupBy(sort))
            {
                var dates = mails.Select(m => SiteZone.Paris.DateAt(m.At)).ToList();
                var distances = dates.Zip(dates.Skip(1), (one, next) => next.DayNumber - one.DayNumber);
                distances.ShouldAllBe(d => d >= days, string.Join('\n', scene.Log));
            }
        }
    }

    private static PlacementScene Declared()
    {
        var scene = new PlacementScene(PlacementScene.Terms(), "2026-10-20 09:00");
        foreach (var part in scene.Calendar.Periods().SelectMany(scene.Calendar.Parts))
        {
            scene.Until(part.LastExpected.ToString("yyyy-MM-dd") + " 15:00").Declare(part.Week.ToString());
        }

        return scene;
    }
}
