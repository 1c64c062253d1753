using Emargement.Domain.Sessions;

namespace Emargement.Tests.Sessions;

public sealed class SigningWindowTests
{
    // The morning of the examples is planned from 08:00 to 11:30 UTC.
    [Theory]
    [InlineData("07:44:59", "window-not-open")]
    [InlineData("07:45:00", null)]
    [InlineData("08:00:00", null)]
    [InlineData("11:45:00", null)]
    [InlineData("11:45:01", "window-closed")]
    public void The_window_runs_from_a_quarter_before_the_start_to_a_quarter_after_the_end(string time, string? refusal) =>
        SigningWindow.Of(Example.Morning, Example.Organisation).Check(Example.At(time))?.Code.ShouldBe(refusal);

    [Fact]
    public void A_refusal_says_when_the_window_opens() =>
        SigningWindow.Of(Example.Morning, Example.Organisation).Check(Example.At("06:00:00"))!.Args!["opensAt"]
            .ShouldBe("2026-11-23T07:45:00Z");

    [Theory]
    [InlineData("07:50:00", 10, 0, "early")]
    [InlineData("08:10:00", 10, 0, "the tolerance itself is not late")]
    [InlineData("08:10:01", 10, 10, "beyond it all minutes since the start count")]
    [InlineData("08:47:59", 10, 47, "whole minutes")]
    [InlineData("08:00:01", 0, 1, "without tolerance a second is a minute")]
    public void Lateness_counts_from_the_planned_start_beyond_the_tolerance(string time, int tolerance, int expected, string because) =>
        SigningWindow.LateMinutes(Example.Morning.Start, Example.At(time), tolerance).ShouldBe(expected, because);
}
