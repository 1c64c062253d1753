using System.Globalization;
using System.Text.Json;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http;

namespace Emargement.Tests.Platform;

public sealed class ValueTypesTests
{
    [Theory]
    [InlineData("garonne", true, "a plain name")]
    [InlineData("cfa-31", true, "digits and hyphens after the first letter")]
    [InlineData("a", false, "too short to tell organisations apart")]
    [InlineData("31-cfa", false, "must start with a letter")]
    [InlineData("Garonne", false, "addresses are lower-case")]
    [InlineData("a|b", false, "the key separator")]
    [InlineData("a/b", false, "a path separator")]
    [InlineData("", false, "nothing")]
    [InlineData("ab\n", false, "a line end is not part of a name")]
    public void An_organisation_has_a_short_safe_name(string text, bool accepted, string why) =>
        OrganisationId.TryParse(text, out _).ShouldBe(accepted, why);

    [Theory]
    [InlineData("GAR-S0001", "GAR-S0001")]
    [InlineData("groupe 1/A", "groupe~201~2FA")]
    [InlineData("é", "~C3~A9")]
    [InlineData("a|b", "a~7Cb")]
    [InlineData("a~b", "a~7Eb")]
    public void A_reference_has_one_safe_key_that_reads_back(string text, string key)
    {
        Reference.Parse(text).Key.ShouldBe(key);
        Reference.TryParseKey(key, out var back).ShouldBeTrue();
        back.Value.ShouldBe(text);
    }

    [Theory]
    [InlineData("~61", "a plain letter is never escaped")]
    [InlineData("a~2", "cut short")]
    [InlineData("a~2f", "digits are upper-case")]
    [InlineData("~FF", "not UTF-8")]
    [InlineData("", "nothing")]
    public void Another_spelling_of_a_key_is_refused(string key, string why) =>
        Reference.TryParseKey(key, out _).ShouldBeFalse(why);

    [Fact]
    public void A_session_id_reads_back_and_sorts_by_day_then_half_day()
    {
        var id = new SessionId(new DateOnly(2026, 11, 23), HalfDay.Morning, Reference.Parse("GAR 1-M"));

        id.ToString().ShouldBe("20261123-1-GAR~201-M");
        SessionId.Parse(id.ToString()).ShouldBe(id);
        id.CompareTo(id with { HalfDay = HalfDay.Evening }).ShouldBeLessThan(0);
    }

    [Theory]
    [InlineData("20261131-1-X")]
    [InlineData("20261123-4-X")]
    [InlineData("20261123-1-")]
    [InlineData("2026-11-23-1-X")]
    [InlineData("20261123-1-a/b")]
    [InlineData("99991231-1-X")]
    [InlineData("00010101-1-X")]
    public void A_wrong_session_id_is_refused(string text) => SessionId.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("1899-12-31", false)]
    [InlineData("1900-01-01", true)]
    [InlineData("2099-12-31", true)]
    [InlineData("2100-01-01", false)]
    [InlineData("9999-12-31", false)]
    [InlineData("0001-01-01", false)]
    public void A_day_with_its_month_and_week_is_of_two_centuries(string text, bool taken)
    {
        CalendarDay.TryParse(text, out _).ShouldBe(taken);
        YearMonth.TryParse(text[..7], out _).ShouldBe(taken);
        IsoWeek.TryParse($"{text[..4]}-W30", out _).ShouldBe(taken);
        var read = () => JsonSerializer.Deserialize<DateOnly?>($"\"{text}\"", ApiJson.Options);
        if (taken)
        {
            read().ShouldBe(DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture));
        }
        else
        {
            Should.Throw<JsonException>(() => read());
        }
    }

    [Theory]
    [InlineData("Zoe.Lefebvre@OF.example", "zoe.lefebvre@of.example")]
    [InlineData(" a@b.fr ", "a@b.fr")]
    public void An_email_is_kept_in_lower_case(string text, string kept) => EmailAddress.Parse(text).Value.ShouldBe(kept);

    [Theory]
    [InlineData("zoe")]
    [InlineData("zoe@of")]
    [InlineData("zoe@of.example\r\nBcc: all@of.example")]
    [InlineData("<zoe@of.example>")]
    [InlineData("zoe@@of.example")]
    public void What_is_not_an_email_is_refused(string text) => EmailAddress.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("2026-03-29", "02:30", "2026-03-29T01:30:00Z", "skipped by the spring change: an hour on, 03:30 in summer time")]
    [InlineData("2026-10-25", "02:30", "2026-10-25T00:30:00Z", "comes twice in autumn: the first")]
    [InlineData("2026-11-23", "09:00", "2026-11-23T08:00:00Z", "winter")]
    [InlineData("2026-07-01", "09:00", "2026-07-01T07:00:00Z", "summer")]
    public void Local_times_become_instants_across_clock_changes(string date, string time, string instant, string why) =>
        SiteZone.Paris.ToInstant(DateOnly.Parse(date), TimeOnly.Parse(time)).ShouldBe(DateTimeOffset.Parse(instant), why);

    [Fact]
    public void Months_between_two_days_cross_the_year() =>
        YearMonth.Between(
            new DateOnly(2026, 11, 30), new DateOnly(2027, 1, 1)).Select(m => m.ToString()).ShouldBe(["2026-11", "2026-12", "2027-01"]);

    [Theory]
    [InlineData("09:00", "12:30", HalfDay.Morning, "a usual morning")]
    [InlineData("13:30", "17:00", HalfDay.Afternoon, "a usual afternoon")]
    [InlineData("12:00", "14:00", HalfDay.Afternoon, "its middle is 13:00, no longer before")]
    [InlineData("11:00", "14:00", HalfDay.Morning, "its middle is 12:30")]
    [InlineData("04:00", "11:00", HalfDay.Morning, "bakers")]
    [InlineData("18:00", "20:00", HalfDay.Evening, "starts at 18:00")]
    [InlineData("17:59", "21:00", HalfDay.Afternoon, "a minute before the evening")]
    public void A_span_belongs_to_one_half_day(string start, string end, HalfDay expected, string why) =>
        HalfDays.Of(TimeOnly.Parse(start), TimeOnly.Parse(end)).ShouldBe(expected, why);
}
