using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing;
using Emargement.Tests.Sessions;

namespace Emargement.Tests.Signing;

/// <summary>What a process keeps spares calls to the storage and changes nothing of what is decided there: with memory warm, cold, and in
/// two processes.</summary>
public sealed class MemoryTests
{
    [Fact]
    public async Task A_class_that_comes_at_once_reads_its_session_once()
    {
        const int learners = 30;
        await using var world = await HalfDayWorld.StartAsync(learners);
        await world.OpenAsync();
        await using var cold = world.Elsewhere();

        var shown = await Task.WhenAll(Enumerable.Range(0, learners).Select(cold.ScanAsync));

        shown.ShouldAllBe(s => s.IsOk);
        (cold.Calls.Of("Sessions"), cold.Calls.Of("Trainings"), cold.Calls.Of("Organisations")).ShouldBe((1, 1, 1));
        cold.Calls.Made.Count(c => c.StartsWith("GET", StringComparison.Ordinal) && c.Contains("Enrolments", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    [Fact]
    public async Task What_another_process_has_closed_is_signed_by_nobody_and_shown_to_nobody_after_half_a_minute()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await using var elsewhere = world.Elsewhere();
        (await elsewhere.ScanAsync(0)).ShouldBeOk();
        (await world.CloseAsync()).ShouldBeOk();

        var late = await elsewhere.ScanAsync(1);
        if (late.IsOk)
        {
            (await elsewhere.SignAsync(late.Value.Ticket!, elsewhere.Learner(1))).ShouldBeRefused("session-closed");
        }

        (await world.ScanAsync(1)).ShouldBeRefused("session-closed");
        world.Time.Advance(TimeSpan.FromSeconds(31));
        (await elsewhere.ScanAsync(1)).ShouldBeRefused("session-closed");
    }

    [Fact]
    public async Task What_this_process_changes_it_sees_at_once()
    {
        await using var world = await HalfDayWorld.StartAsync();
        (await world.ShowAsync(world.Learner(0), new ProofRequest(ProofKind.Qr, "x"), world.Id)).ShouldBeRefused("session-not-open");
        await world.OpenAsync();
        (await world.ScanAsync(0)).ShouldBeOk();
        var sessions = world.Get<SessionsTable>();
        var stored = await sessions.FindAsync(world.Org, world.Id, HalfDayWorld.Cancellation);

        (await sessions.TryReplaceAsync(
            stored!, stored!.Value with { State = SessionState.Cancelled }, HalfDayWorld.Cancellation)).ShouldBeTrue();
        await world.EnrolAsync([7]);

        (await world.ScanAsync(0)).ShouldBeRefused("session-cancelled");
        (await world.Get<SessionScenes>().LatelyAsync(world.Org, world.Id, HalfDayWorld.Cancellation)).ShouldBeOk()
            .Roster.Count.ShouldBe(4);
    }

    [Fact]
    public async Task After_its_planned_end_it_is_read_each_time()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        world.Time.SetUtcNow(Example.Morning.End);
        await world.ScanAsync(0);
        world.Calls.Reset();

        (await world.ScanAsync(1)).ShouldBeOk();

        world.Calls.Of("Sessions").ShouldBe(1);
    }

    [Fact]
    public async Task Guesses_in_two_processes_are_counted_together()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await using var elsewhere = world.Elsewhere();
        var token = await world.TokenAsync(1);
        await elsewhere.ScanAsync(0);

        foreach (var login in new[] { "L1", "L0" })
        {
            var code = login == "L1" ? world.CodeOf(token) : "000000";
            var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(i => (i % 2 == 0 ? world : elsewhere).ShowAsync(
                Caller.Nobody, new ProofRequest(ProofKind.Token, i % 3 == 0 ? code : "111111", Login: login), world.Id)));

            answers.Count(a => a.Refusal?.Code != "locked").ShouldBeLessThanOrEqualTo(5);
        }
    }

    [Fact]
    public async Task A_token_that_was_revoked_elsewhere_signs_nothing_though_it_is_remembered()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var token = await world.TokenAsync(1);
        await using var elsewhere = world.Elsewhere();
        (await elsewhere.ShowAsync(
            Caller.Nobody, new ProofRequest(ProofKind.Token, world.CodeOf(token)), world.Id)).ShouldBeOk();

        (await world.Get<Functions.Signing.Tokens.RevokeToken>().RunAsync(
            world.Org, HalfDayWorld.Ref(1), HalfDayWorld.Cancellation)).ShouldBeOk();
        world.Time.Advance(TimeSpan.FromSeconds(10));

        (await elsewhere.ShowAsync(
            Caller.Nobody, new ProofRequest(ProofKind.Token, world.CodeOf(token)), world.Id)).IsOk.ShouldBeFalse();
    }
}
