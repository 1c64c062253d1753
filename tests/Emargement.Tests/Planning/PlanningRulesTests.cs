using CsCheck;
using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Tests.Planning;

public sealed class PlanningRulesTests
{
    private static readonly (TimeOnly, TimeOnly) Lunch = (new TimeOnly(12, 30), new TimeOnly(13, 30));

    [Theory]
    [InlineData("09:00", "17:00", "12:00", "13:00", "09:00-12:00 13:00-17:00", "its own break splits it")]
    [InlineData("09:00", "17:00", null, null, "09:00-12:30 13:30-17:00", "the organisation's lunch does when none is given")]
    [InlineData("09:00", "13:00", null, null, "09:00-13:00", "a slot that ends inside the lunch break does not contain it")]
    [InlineData("12:30", "17:00", null, null, "12:30-17:00", "nobody works before this break")]
    [InlineData("09:00", "12:00", "12:00", "13:00", "09:00-12:00", "a break outside the slot splits nothing")]
    [InlineData("09:00", "17:00", "17:00", "18:00", "09:00-17:00", "its own break, however odd, stands in place of the lunch")]
    [InlineData("18:00", "21:00", null, null, "18:00-21:00", "an evening is one")]
    public void A_slot_becomes_one_or_two_sessions(string start, string end, string? from, string? to, string parts, string why)
    {
        (TimeOnly, TimeOnly)? own = from is null ? null : (TimeOnly.Parse(from), TimeOnly.Parse(to!));

        var split = SlotSplit.Of(TimeOnly.Parse(start), TimeOnly.Parse(end), own, Lunch);

        string.Join(' ', split.Select(p => $"{p.Start:HH\\:mm}-{p.End:HH\\:mm}")).ShouldBe(parts, why);
        split.Select(p => p.Suffix).ShouldBe(split.Count == 1 ? [""] : ["-M", "-A"]);
    }

    [Theory]
    [InlineData(2024, 3, 31)]
    [InlineData(2025, 4, 20)]
    [InlineData(2026, 4, 5)]
    [InlineData(2027, 3, 28)]
    [InlineData(2038, 4, 25)]
    public void Easter_falls_where_the_almanac_says(int year, int month, int day) =>
        Holidays.Easter(year).ShouldBe(new DateOnly(year, month, day));

    [Theory]
    [InlineData(2026, 11, 11, HolidayCalendar.Metropole, true)]
    [InlineData(2026, 4, 6, HolidayCalendar.Metropole, true)]
    [InlineData(2026, 5, 14, HolidayCalendar.Metropole, true)]
    [InlineData(2026, 5, 25, HolidayCalendar.Metropole, true)]
    [InlineData(2026, 4, 3, HolidayCalendar.Metropole, false)]
    [InlineData(2026, 4, 3, HolidayCalendar.AlsaceMoselle, true)]
    [InlineData(2026, 12, 26, HolidayCalendar.AlsaceMoselle, true)]
    [InlineData(2026, 12, 26, HolidayCalendar.Metropole, false)]
    [InlineData(2026, 5, 22, HolidayCalendar.Martinique, true)]
    [InlineData(2026, 5, 27, HolidayCalendar.Guadeloupe, true)]
    [InlineData(2026, 6, 10, HolidayCalendar.Guyane, true)]
    [InlineData(2026, 12, 20, HolidayCalendar.Reunion, true)]
    [InlineData(2026, 4, 27, HolidayCalendar.Mayotte, true)]
    [InlineData(2026, 4, 27, HolidayCalendar.Reunion, false)]
    [InlineData(2026, 11, 12, HolidayCalendar.Metropole, false)]
    public void Holidays_depend_on_the_site(int year, int month, int day, HolidayCalendar calendar, bool holiday) =>
        (Holidays.On(new DateOnly(year, month, day), calendar) is not null).ShouldBe(holiday);

    [Fact]
    public void A_year_has_eleven_national_holidays_and_thirteen_in_Alsace_Moselle() => Gen.Int[1950, 2099].Sample(year =>
    {
        var days = Enumerable.Range(0, 366).Select(d => new DateOnly(year, 1, 1).AddDays(d)).Where(d => d.Year == year).ToList();

        // 1 or 8 May may be Ascension Day too, as in 2008.
        days.Count(d => Holidays.On(d, HolidayCalendar.Metropole) is not null).ShouldBeInRange(10, 11);
        days.Count(d => Holidays.On(d, HolidayCalendar.AlsaceMoselle) is not null).ShouldBeInRange(12, 13);
    });

    [Fact]
    public void Overlaps_are_those_that_comparing_every_pair_finds()
    {
        var day = new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero);
        var spans = Gen.Select(Gen.Int[0, 2], Gen.Int[0, 20], Gen.Int[1, 6]).List[0, 30].Select(list => list.Index()
            .Select(s => (Start: day.AddHours(s.Item.Item2), Length: TimeSpan.FromHours(s.Item.Item3), s.Item.Item1, s.Index))
            .Select(s => new TakenSpan($"{s.Item1}", s.Start, s.Start + s.Length, s.Index % 7 == 0 ? -1 - s.Index : s.Index, ""))
            .ToList());

        spans.Sample(all =>
        {
            var expected = all
                .Where(a => a.Line > 0 && all.Any(b => b.Resource == a.Resource && b.Line < a.Line && b.Start < a.End && a.Start < b.End))
                .Select(a => a.Line)
                .ToHashSet();

            Overlaps.LaterLines(all).Keys.ToHashSet().SetEquals(expected).ShouldBeTrue();
        });
    }

    [Theory]
    [InlineData("2026-11-23T19:59:00Z", "2026-11-22", "21:00 in Paris has not struck: the last due night is yesterday's")]
    [InlineData("2026-11-23T20:00:00Z", "2026-11-23", "it strikes")]
    [InlineData("2026-11-24T02:00:00Z", "2026-11-23", "a late run is still yesterday's")]
    [InlineData("2026-07-01T19:00:00Z", "2026-07-01", "in summer it strikes an hour earlier in UTC")]
    public void A_night_is_due_by_local_time(string now, string night, string why)
    {
        var organisation = new Organisation { Id = OrganisationId.Parse("of"), Name = "OF", Nda = "1", Siret = "1", Region = "r" };

        NightSchedule.LastDue(organisation, DateTimeOffset.Parse(now)).ShouldBe(DateOnly.Parse(night), why);
    }

    [Fact]
    public void Every_hour_of_a_year_the_nights_follow_each_other_once_whatever_the_clock_does()
    {
        var organisation = new Organisation
        {
            Id = OrganisationId.Parse("of"),
            Name = "OF",
            Nda = "1",
            Siret = "1",
            Region = "r",
            ImportAt = new TimeOnly(2, 30),
        };

        var nights = Enumerable.Range(0, 24 * 365)
            .Select(h => NightSchedule.LastDue(organisation, new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero).AddHours(h)))
            .ToList();

        nights.Zip(nights.Skip(1)).ShouldAllBe(p => p.Second == p.First || p.Second == p.First.AddDays(1));
    }
}
