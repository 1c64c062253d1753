using Emargement.Domain.Sessions;

namespace Emargement.Tests.Sessions;

public sealed class SessionLifecycleTests
{
    private static readonly Session Open =
        Example.Morning with { State = SessionState.Open, Key = Example.Key, OpenedAt = Example.At("07:50:00") };

    [Theory]
    [InlineData(SessionState.Planned, "07:44:00", false, "window-not-open")]
    [InlineData(SessionState.Planned, "07:44:00", true, "window-not-open")]
    [InlineData(SessionState.Planned, "07:50:00", false, null)]
    [InlineData(SessionState.Planned, "12:00:00", false, "window-closed")]
    [InlineData(SessionState.Planned, "12:00:00", true, null)]
    [InlineData(SessionState.Open, "12:00:00", false, null)]
    [InlineData(SessionState.Closed, "08:00:00", true, "session-closed")]
    [InlineData(SessionState.Cancelled, "08:00:00", true, "session-cancelled")]
    public void A_session_opens_in_its_window_and_a_manager_may_open_a_forgotten_one(
        SessionState state, string time, bool byManager, string? refusal) =>
        SessionLifecycle.Open(
            Example.Morning with { State = state },
            Example.Organisation,
            byManager,
            Example.Key,
            Example.At(time)).Refusal?.Code.ShouldBe(refusal);

    [Fact]
    public void Opening_gives_the_key_and_opening_again_keeps_it()
    {
        var opened = SessionLifecycle.Open(Example.Morning, Example.Organisation, false, Example.Key, Example.At("07:50:00")).Value!;
        opened.ShouldBe(Open with { Key = opened.Key });
        opened.Key.ToArray().ShouldBe(Example.Key);

        var again = SessionLifecycle.Open(opened, Example.Organisation, false, new byte[32], Example.At("08:50:00")).Value!;
        again.ShouldBe(opened);
    }

    [Theory]
    [InlineData(SessionState.Planned, "session-not-open")]
    [InlineData(SessionState.Open, null)]
    [InlineData(SessionState.Closed, "session-closed")]
    [InlineData(SessionState.Cancelled, "session-cancelled")]
    public void Only_an_open_session_closes(SessionState state, string? refusal) =>
        SessionLifecycle.Close(Open with { State = state }, Example.At("11:30:00")).Refusal?.Code.ShouldBe(refusal);

    [Fact]
    public void A_closed_session_keeps_no_key() =>
        SessionLifecycle.Close(Open, Example.At("11:30:00")).Value!.Key.IsEmpty.ShouldBeTrue();

    [Theory]
    [InlineData(SessionState.Planned, "07:00:00", "window-not-open")]
    [InlineData(SessionState.Planned, "08:00:00", "session-not-open")]
    [InlineData(SessionState.Open, "08:00:00", null)]
    [InlineData(SessionState.Open, "11:46:00", "window-closed")]
    [InlineData(SessionState.Closed, "08:00:00", "session-closed")]
    [InlineData(SessionState.Cancelled, "07:00:00", "session-cancelled")]
    public void Learners_sign_while_it_is_open_and_in_its_window(SessionState state, string time, string? refusal) =>
        SessionLifecycle.CheckSigning(Open with { State = state }, Example.Organisation, Example.At(time))?.Code.ShouldBe(refusal);
}
