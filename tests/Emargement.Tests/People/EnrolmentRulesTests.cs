using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Tests.Region;

namespace Emargement.Tests.People;

/// <summary>What the periods of an enrolment that a person writes must be.</summary>
public sealed class EnrolmentRulesTests
{
    private static readonly EnrolmentPeriod Stored = Period("REGION", "2026-09-01", "2026-12-18");

    [Theory]
    [InlineData("REGION", "2026-09-01", "2026-12-18", null, "as it is")]
    [InlineData("", "2026-09-01", null, "funder-missing", "somebody pays")]
    [InlineData("REGION", "2026-09-02", "2026-09-01", "end-before-start", "a period that ends before it begins")]
    [InlineData("OPCO", "2026-09-01", "2026-12-18", "month-locked", "October was sent with another funder")]
    [InlineData("REGION", "2026-10-15", "2026-12-18", "month-locked", "a day of October on which nobody would have paid")]
    [InlineData("REGION", "2026-09-15", "2026-11-30", null, "October stays as it was sent")]
    public void A_period_has_a_funder_and_two_days_and_leaves_a_month_that_was_sent(
        string funder, string entry, string? exit, string? code, string why) =>
        (EnrolmentRules.Check(Sent(new YearMonth(2026, 10)), [Stored], [Period(funder, entry, exit)])?.Code ?? "")
            .ShouldBe(code ?? "", why);

    [Theory]
    [InlineData("2026-12-18", "period-overlaps", "the day on which the other ends is its own")]
    [InlineData("2026-12-19", null, "the day after")]
    public void Periods_follow_one_another(string entry, string? code, string why) =>
        (EnrolmentRules.Check(Sent(), [Stored], [Stored, Period("OPCO", entry, null)])?.Code).ShouldBe(code, why);

    [Fact]
    public void A_month_that_was_validated_keeps_who_pays_too()
    {
        var organisation = Sent() with { FrozenMonths = [new YearMonth(2026, 11)] };

        EnrolmentRules.Check(organisation, [Stored], [Period("OPCO", "2026-09-01", "2026-12-18")])!.Code.ShouldBe("month-validated");
        EnrolmentRules.Check(organisation, [Stored], [Period("REGION", "2026-09-01", "2026-12-01")]).ShouldBeNull();
    }

    private static Organisation Sent(params YearMonth[] months) => new RegionWorld().Organisation with { LockedMonths = months };

    private static EnrolmentPeriod Period(string funder, string entry, string? exit) =>
        new(funder, null, null, DateOnly.Parse(entry, null), exit is null ? null : DateOnly.Parse(exit, null));
}
