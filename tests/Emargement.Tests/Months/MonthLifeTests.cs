using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Months;

/// <summary>Which steps a month may take from where it stands.</summary>
public sealed class MonthLifeTests
{
    private static readonly YearMonth November = new(2026, 11);

    [Theory]
    [InlineData(MonthState.Open, MonthState.Validated, "month-not-validated", "month-not-sent")]
    [InlineData(MonthState.Validated, "month-validated", MonthState.Open, "month-not-sent")]
    [InlineData(MonthState.Sent, "month-validated", MonthState.Open, MonthState.Locked)]
    [InlineData(MonthState.Received, "month-received", "month-received", MonthState.Locked)]
    [InlineData(MonthState.Returned, MonthState.Validated, "month-not-validated", "month-not-sent")]
    [InlineData(MonthState.Locked, "month-locked", "month-locked", "month-locked")]
    public void A_month_is_validated_taken_up_again_or_closed(MonthState from, object validated, object withdrawn, object locked)
    {
        var month = new MonthLife(November, from, 3);

        Outcome(month.Validate("r")).ShouldBe(validated);
        Outcome(month.Withdraw()).ShouldBe(withdrawn);
        Outcome(month.Lock()).ShouldBe(locked);
    }

    [Fact]
    public void Only_the_run_of_its_own_validation_sends_a_month_or_opens_it_again()
    {
        var validated = new MonthLife(November, MonthState.Open).Validate("first").ShouldBeOk();

        validated.Send("another", 2).ShouldBeNull();
        validated.Reopen("another").ShouldBeNull();
        validated.Send("first", 2).ShouldBe(validated with { State = MonthState.Sent, Version = 2, Facts = 2 });
        validated.Withdraw().ShouldBeOk().Send("first", 2).ShouldBeNull("it was taken up again meanwhile");
    }

    [Theory]
    [InlineData("2026-11-30", false)]
    [InlineData("2026-12-01", true)]
    public void A_month_is_over_on_the_first_local_day_after_it(string today, bool over) =>
        (MonthLife.NotOver(November, DateOnly.Parse(today, null)) is null).ShouldBe(over);

    private static object Outcome(Result<MonthLife> step) => step.Match<object>(life => life.State, refusal => refusal.Code);
}
