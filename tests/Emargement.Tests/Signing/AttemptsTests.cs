using Emargement.Domain.Signing;
using Emargement.Tests.Sessions;

namespace Emargement.Tests.Signing;

public sealed class AttemptsTests
{
    private static readonly DateTimeOffset Start = Example.At("08:00:00");

    [Theory]
    [InlineData(0, false)]
    [InlineData(4, false)]
    [InlineData(5, true)]
    public void Five_failures_lock(int failures, bool locked) => (After(failures).Check(Start.AddMinutes(1)) is not null).ShouldBe(locked);

    [Fact]
    public void A_lock_says_until_when_and_ends_then()
    {
        var attempts = After(5);

        attempts.Check(Start.AddMinutes(14))!.Args!["until"].ShouldBe("2026-11-23T08:15:04Z");
        attempts.Check(Start.AddMinutes(15).AddSeconds(3)).ShouldNotBeNull();
        attempts.Check(Start.AddMinutes(15).AddSeconds(4)).ShouldBeNull();
    }

    [Fact]
    public void Knocking_while_locked_does_not_lengthen_the_lock() =>
        After(5).Fail(Start.AddMinutes(10)).ShouldBe(After(5));

    [Fact]
    public void A_failure_after_the_lock_counts_as_the_first() =>
        After(5).Fail(Start.AddMinutes(20)).Failures.ShouldBe(1);

    [Fact]
    public void A_quarter_of_an_hour_without_failure_forgets_the_earlier_ones() =>
        After(4).Fail(Start.AddMinutes(16)).Failures.ShouldBe(1);

    private static Attempts After(int failures)
    {
        var attempts = Attempts.None;
        for (var i = 0; i < failures; i++)
        {
            attempts = attempts.Fail(Start.AddSeconds(i));
        }

        return attempts;
    }
}
