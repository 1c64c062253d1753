using Emargement.Domain.Planning;

namespace Emargement.Tests.Planning;

public sealed class PlanningTextTests
{
    [Theory]
    [InlineData("05/11/2026", 2026, 11, 5)]
    [InlineData("05/11/26", 2026, 11, 5)]
    [InlineData("2026-11-05", 2026, 11, 5)]
    [InlineData("29/02/2028", 2028, 2, 29)]
    public void A_date_is_read_in_three_styles(string text, int year, int month, int day)
    {
        PlanningText.TryParseDate(text, out var date).ShouldBeTrue();
        date.ShouldBe(new DateOnly(year, month, day));
    }

    [Theory]
    [InlineData("31/11/2026", "November has 30 days")]
    [InlineData("29/02/2026", "not a leap year")]
    [InlineData("11/05/202", "a year is cut")]
    [InlineData("2026/11/05", "mixed styles")]
    [InlineData("5/11/2026", "a digit is missing")]
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
    public void Nobody_was_born_tomorrow() => PlanningText.TryParseBirthDate("24/11/2026", new DateOnly(2026, 11, 23), out _).ShouldBeFalse();

    [Theory]
    [InlineData("09:00", 9, 0)]
    [InlineData("9:05", 9, 5)]
    [InlineData("12:15:00", 12, 15)]
    [InlineData("9h", 9, 0)]
    [InlineData("9h30", 9, 30)]
    [InlineData("13H30", 13, 30)]
    [InlineData("00:00", 0, 0)]
    public void A_time_is_read_in_four_styles(string text, int hour, int minute)
    {
        PlanningText.TryParseTime(text, out var time).ShouldBeTrue();
        time.ShouldBe(new TimeOnly(hour, minute));
    }

    [Theory]
    [InlineData("25:00")]
    [InlineData("24:00")]
    [InlineData("12:60")]
    [InlineData("9")]
    [InlineData("9h3")]
    [InlineData("h30")]
    [InlineData("09:")]
    [InlineData("9h30:00")]
    [InlineData("-9:00")]
    [InlineData("neuf heures")]
    [InlineData("")]
    public void What_is_no_time_is_refused(string text) => PlanningText.TryParseTime(text, out _).ShouldBeFalse();
}
