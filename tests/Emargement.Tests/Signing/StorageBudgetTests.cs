using Emargement.Functions.Access;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Tokens;
using Emargement.Tests.Sessions;
using OtpNet;

namespace Emargement.Tests.Signing;

/// <summary>The storage calls of the actions that a whole Région does at half past eight, in a process that has served before.</summary>
public sealed class StorageBudgetTests
{
    [Fact]
    public async Task Opening_takes_three_calls()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.LiveAsync();
        world.Calls.Reset();

        await world.OpenAsync();

        world.Calls.Made.Count.ShouldBe(3, string.Join('\n', world.Calls.Made));
    }

    [Fact]
    public async Task The_live_view_takes_one_call()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 30);
        await world.OpenAsync();
        await world.SignAsync(1);
        await world.LiveAsync();
        world.Calls.Reset();

        await world.LiveAsync();

        world.Calls.Made.Count.ShouldBe(1, string.Join('\n', world.Calls.Made));
    }

    [Fact]
    public async Task Signing_takes_two_calls_with_a_drawing()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);
        var ticket = await world.TicketAsync(2);
        world.Calls.Reset();

        (await world.SignAsync(ticket, world.Learner(2))).ShouldBeOk();

        world.Calls.Made.Count.ShouldBe(2, string.Join('\n', world.Calls.Made));
        world.Calls.Made.ShouldAllBe(c => c.StartsWith("POST"));
    }

    [Fact]
    public async Task Signing_takes_one_call_without_a_drawing()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);
        var secret = (await world.Get<ProvisionToken>().TokenAsync(world.Org, HalfDayWorld.Ref(2), HalfDayWorld.Cancellation)).ShouldBeOk().Secret();
        var code = new Totp(secret).ComputeTotp(world.Time.GetUtcNow().UtcDateTime);
        var ticket = (await world.ShowAsync(Caller.Nobody, new ProofRequest(ProofKind.Token, code), world.Id)).ShouldBeOk().Ticket!;
        world.Calls.Reset();

        (await world.SignAsync(ticket, Caller.Nobody, drawing: null)).ShouldBeOk();

        world.Calls.Made.Count.ShouldBe(1, string.Join('\n', world.Calls.Made));
    }

    [Fact]
    public async Task Showing_a_scan_takes_three_calls()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.ScanAsync(1);
        world.Calls.Reset();

        (await world.ScanAsync(2)).ShouldBeOk();

        world.Calls.Made.Count.ShouldBe(3, string.Join('\n', world.Calls.Made));
    }

    [Fact]
    public async Task Closing_takes_five_calls_however_many_did_not_sign()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 90);
        await world.OpenAsync();
        world.Time.SetUtcNow(Example.At("11:30:00"));
        await world.LiveAsync();
        world.Calls.Reset();

        (await world.CloseAsync()).ShouldBeOk();

        // Session, facts, roster, one transaction, session.
        world.Calls.Made.Count.ShouldBe(5, string.Join('\n', world.Calls.Made));
    }
}
