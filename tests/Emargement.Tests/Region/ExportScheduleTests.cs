using Emargement.Domain.People;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Region;

namespace Emargement.Tests.Region;

public sealed class ExportScheduleTests
{
    [Theory]
    [InlineData("2026-11-30T22:59:59Z", "2026-09 2026-10", "still November in Paris")]
    [InlineData("2026-11-30T23:00:00Z", "2026-10 2026-11", "the first minute of December in Paris")]
    [InlineData("2026-12-20T12:00:00Z", "2026-10 2026-11", "caught up whenever it runs next")]
    [InlineData("2027-01-01T00:00:00Z", "2026-11 2026-12", "across the year")]
    public void The_months_that_are_over_are_due(string now, string months, string why) =>
        Due(now, Organisation("occitanie", "Europe/Paris")).ShouldBe(months, why);

    [Fact]
    public void A_Region_waits_until_the_month_is_over_for_all_its_organisations()
    {
        Organisation[] both = [Organisation("guadeloupe", "Europe/Paris"), Organisation("guadeloupe", "America/Guadeloupe")];

        Due("2026-12-01T03:59:00Z", both).ShouldBe("2026-09 2026-10");
        Due("2026-12-01T04:00:00Z", both).ShouldBe("2026-10 2026-11");
    }

    private static string Due(string now, params Organisation[] organisations) =>
        string.Join(' ', ExportSchedule.Due(organisations, DateTimeOffset.Parse(now)).Select(d => d.Month));

    private static Organisation Organisation(string region, string zone) =>
        new RegionWorld().Organisation with { Region = region, Zone = SiteZone.Parse(zone) };
}
