using Emargement.Domain.Planning;

namespace Emargement.Tests.Planning;

public sealed class PlanningTextTests
{
    [Theory]
    [InlineData("05/11/2026", 2026, 11, 5)]
    [InlineData("05/11/26", 2026, 11, 5)]
    [InlineData("2026-11-05", 2026, 11, 5)]
    [InlineData("29/02/2028", 2028, 2, 29)]
    [InlineData("5/11/2026", 2026, 11, 5)]
    [InlineData("05-11-2026", 2026, 11, 5)]
    [InlineData("5.11.26", 2026, 11, 5)]
    [InlineData("5 / 11 / 2026", 2026, 11, 5)]
    [InlineData("2026-11-5", 2026, 11, 5)]
    [InlineData("20261105", 2026, 11, 5)]
    [InlineData("05112026", 2026, 11, 5)]
    [InlineData("2026-11-05T00:00:00", 2026, 11, 5)]
    [InlineData("2026-11-05T00:00:00.000Z", 2026, 11, 5)]
    [InlineData("05/11/2026 00:00:00", 2026, 11, 5)]
    [InlineData("5/11/2026 0:00", 2026, 11, 5)]
    [InlineData("jeudi 5 novembre 2026", 2026, 11, 5)]
    [InlineData("Jeu. 05/11/2026", 2026, 11, 5)]
    [InlineData("JEUDI, le 5 nov. 2026", 2026, 11, 5)]
    [InlineData("1er août 2026", 2026, 8, 1)]
    [InlineData("5-nov-26", 2026, 11, 5)]
    [InlineData("je 05/11/2026", 2026, 11, 5)]
    [InlineData("46331", 2026, 11, 5)]
    [InlineData("46331.0", 2026, 11, 5)]
    [InlineData("\u00A005/11/2026\u200B", 2026, 11, 5)]
    public void A_date_is_read_as_people_write_it(string text, int year, int month, int day)
    {
        PlanningText.TryParseDate(text, out var date).ShouldBeTrue();
        date.ShouldBe(new DateOnly(year, month, day));
    }

    [Theory]
    [InlineData("31/11/2026", "November has 30 days")]
    [InlineData("29/02/2026", "not a leap year")]
    [InlineData("11/05/202", "a year is cut")]
    [InlineData("2026/11/05", "mixed styles")]
    [InlineData("05/11-2026", "mixed signs")]
    [InlineData("11/25/2026", "an American date")]
    [InlineData("vendredi 5 novembre 2026", "that day is a Thursday")]
    [InlineData("ven. 05/11/2026", "that day is a Thursday")]
    [InlineData("5 jui 2026", "June or July")]
    [InlineData("05/11/2026 09:00", "an hour is no part of a day's date")]
    [InlineData("2026-11-04T23:00:00Z", "in Paris that is the day after")]
    [InlineData("2026115", "the 15th of January or the 5th of November")]
    [InlineData("12", "a number of no workbook")]
    [InlineData("05/11/0026", "a year typed too short")]
    [InlineData("05/11/2206", "a year typed wrong")]
    [InlineData("", "nothing")]
    public void What_is_no_date_is_refused(string text, string why) => PlanningText.TryParseDate(text, out _).ShouldBeFalse(why);

    [Theory]
    [InlineData("10/01/85", 1985, "a two-digit year ahead of today is of the last century")]
    [InlineData("10/01/05", 2005, "and one behind it of this one")]
    [InlineData("10/01/1985", 1985, "four digits are what they say")]
    public void A_birth_date_lies_in_the_past(string text, int year, string why)
    {
        PlanningText.TryParseBirthDate(text, new DateOnly(2026, 11, 23), out var date).ShouldBeTrue(why);
        date.Year.ShouldBe(year, why);
    }

    [Fact]
    public void Nobody_was_born_tomorrow() =>
        PlanningText.TryParseBirthDate("24/11/2026", new DateOnly(2026, 11, 23), out _).ShouldBeFalse();

    [Theory]
    [InlineData("09:00", 9, 0)]
    [InlineData("9:05", 9, 5)]
    [InlineData("12:15:00", 12, 15)]
    [InlineData("9h", 9, 0)]
    [InlineData("9h30", 9, 30)]
    [InlineData("13H30", 13, 30)]
    [InlineData("00:00", 0, 0)]
    [InlineData("9 h 30", 9, 30)]
    [InlineData("9h 30", 9, 30)]
    [InlineData("9 : 30", 9, 30)]
    [InlineData("9.30", 9, 30)]
    [InlineData("0930", 9, 30)]
    [InlineData("930", 9, 30)]
    [InlineData("9h30min", 9, 30)]
    [InlineData("0,375", 9, 0)]
    [InlineData("0.5", 12, 0)]
    [InlineData("0.75", 18, 0)]
    [InlineData("0.729166666666667", 17, 30)]
    [InlineData("1899-12-30 09:00:00", 9, 0)]
    [InlineData("9:05 AM", 9, 5)]
    [InlineData("12:00:00 PM", 12, 0)]
    [InlineData("12:30 a.m.", 0, 30)]
    public void A_time_is_read_as_people_write_it(string text, int hour, int minute)
    {
        PlanningText.TryParseTime(text, out var time).ShouldBeTrue();
        time.ShouldBe(new TimeOnly(hour, minute));
    }

    [Theory]
    [InlineData("25:00")]
    [InlineData("24:00")]
    [InlineData("12:60")]
    [InlineData("13:00 PM")]
    [InlineData("9")]
    [InlineData("9h3")]
    [InlineData("h30")]
    [InlineData("09:")]
    [InlineData("9h30:00")]
    [InlineData("-9:00")]
    [InlineData("neuf heures")]
    [InlineData("0.25")]
    [InlineData("0.15")]
    [InlineData("0.0001")]
    [InlineData("14")]
    [InlineData("")]
    public void What_is_no_time_is_refused(string text) => PlanningText.TryParseTime(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("24:00", true)]
    [InlineData("24h", true)]
    [InlineData("2400", true)]
    [InlineData("17:30", true)]
    [InlineData("24:30", false)]
    [InlineData("25:00", false)]
    public void A_slot_may_end_at_the_midnight_after_its_day(string text, bool read) =>
        PlanningText.TryParseEnd(text, out _).ShouldBe(read);

    [Fact]
    public void Every_day_reads_back_from_every_form() => CsCheck.Check.Sample(CsCheck.Gen.Int[0, 36_000], offset =>
    {
        var day = new DateOnly(2000, 1, 1).AddDays(offset);
        var french = System.Globalization.CultureInfo.GetCultureInfo("fr-FR");
        const string Formats = "d/M/yyyy|dd-MM-yyyy|d.M.yy|yyyy-MM-dd|dddd d MMMM yyyy|ddd dd/MM/yyyy|d MMM yyyy|yyyyMMdd|ddMMyyyy";
        foreach (var format in Formats.Split('|'))
        {
            PlanningText.TryParseDate(day.ToString(format, french), out var read).ShouldBeTrue($"{format}: {day.ToString(format, french)}");
            read.ShouldBe(day, format);
        }
    });
}
