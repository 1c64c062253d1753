using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Reminders;
using Emargement.Tests.Region;

namespace Emargement.Tests.Reminders;

/// <summary>On which days and from what time people are reminded. The 11th of November 2026 is a Wednesday and a public holiday.</summary>
public sealed class ReminderTimesTests
{
    private static readonly Organisation Garonne = new RegionWorld().Organisation;

    [Theory]
    [InlineData("2026-11-23", "2026-11-24,2026-11-26", "the next day, and the third")]
    [InlineData("2026-11-26", "2026-11-27,2026-11-30", "the third day is a Sunday")]
    [InlineData("2026-11-27", "2026-11-30,2026-12-01", "the third day is the next working one, which has its mail")]
    [InlineData("2026-11-28", "2026-11-30,2026-12-01", "a Saturday")]
    [InlineData("2026-11-10", "2026-11-12,2026-11-13", "a public holiday is no working day")]
    public void What_a_trainer_left_open_is_told_twice_after_its_day(string left, string told, string why)
    {
        var day = DateOnly.Parse(left, null);
        Days(day).Where(d => Garonne.TellsUnclosed(day, d)).Select(d => d.ToString("yyyy-MM-dd", null)).ShouldBe(told.Split(','), why);
    }

    [Theory]
    [InlineData("12:45", "13:30", false, "nobody is told before half past five")]
    [InlineData("12:45", "17:29", false, "nor a minute early")]
    [InlineData("12:45", "17:30", true, "then")]
    [InlineData("17:15", "17:59", false, "45 minutes after the last window of the day")]
    [InlineData("17:15", "18:00", true, "then")]
    [InlineData("20:30", "21:15", false, "nobody is told after nine: the next morning says it")]
    public void What_is_left_open_today_is_told_in_the_evening(string lastWindow, string now, bool told, string why) =>
        Garonne.TellsUnclosed(At(lastWindow), At(now)).ShouldBe(told, why);

    [Theory]
    [InlineData(null, "2026-12-01")]
    [InlineData("2026-12-10", "2026-12-01,2026-12-07,2026-12-09")]
    [InlineData("2026-12-07", "2026-12-01,2026-12-04", "three days before and one day before are a Friday and a Sunday")]
    public void A_month_is_told_on_the_first_working_day_and_before_the_Region_s_due_day(string? due, string told, string? why = null) =>
        Days(new DateOnly(2026, 11, 24)).Where(d => Garonne.TellsValidation(
                new YearMonth(2026, 11), due is null ? null : DateOnly.Parse(due, null), d))
            .Select(d => d.ToString("yyyy-MM-dd", null)).ShouldBe(told.Split(','), why);

    [Theory]
    [InlineData("2026-11-23", "2026-11-24,2026-11-28", "the day after, and two days before the 30th")]
    [InlineData("2026-11-28", "2026-11-30,2026-12-03", "nobody on a Sunday")]
    [InlineData("2026-11-24", "2026-11-25,2026-11-30", "the second time falls on a Sunday, and leaves a day")]
    public void A_learner_is_told_of_an_absence_twice(string missed, string told, string why)
    {
        var day = DateOnly.Parse(missed, null);
        Days(day).Where(d => Garonne.TellsAbsence(day, d) > 0).Select(d => d.ToString("yyyy-MM-dd", null)).ShouldBe(told.Split(','), why);
        Days(day).ShouldAllBe(d => Garonne.AbsencesToldOn(d).Any(a => a.Missed == day) == (Garonne.TellsAbsence(day, d) > 0));
    }

    [Fact]
    public void A_digest_is_wanted_when_something_of_it_is_new()
    {
        var today = new DateOnly(2026, 11, 24);
        DigestMemory.Of(null, today, []).Wanted.ShouldBeFalse();
        var first = DigestMemory.Of(null, today, ["a", "b"]);
        first.Wanted.ShouldBeTrue();
        DigestMemory.Of(first, today.AddDays(1), ["b"]).Wanted.ShouldBeFalse("what is left was told");
        DigestMemory.Of(first, today.AddDays(1), ["b", "c"]).Wanted.ShouldBeTrue();
    }

    private static IEnumerable<DateOnly> Days(DateOnly after) => Enumerable.Range(1, 20).Select(n => after.AddDays(n));

    private static DateTimeOffset At(string local) => SiteZone.Paris.ToInstant(new DateOnly(2026, 11, 23), TimeOnly.Parse(local, null));
}
