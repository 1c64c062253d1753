using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing;
using Emargement.Tests.Platform;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sessions;

/// <summary>No signature is acknowledged that the sealed sheet does not hold, and none is later than the closing.</summary>
public sealed class AfterClosingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_ticket_taken_before_the_enrolment_ended_signs_nothing_after_the_closing()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var ticket = await world.TicketAsync(1);
        await EndAsync(world, 1);
        (await world.CloseAsync()).ShouldBeOk();

        (await world.SignAsync(ticket, world.Learner(1))).ShouldBeRefused("session-closed");

        (await world.FactsAsync()).OfType<Signed>().ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_signed_before_the_closing_is_told_so_after_it()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var ticket = await world.TicketAsync(1);
        var first = (await world.SignAsync(ticket, world.Learner(1))).ShouldBeOk();
        await EndAsync(world, 1);
        var closed = (await world.CloseAsync()).ShouldBeOk();

        (await world.SignAsync(ticket, world.Learner(1))).ShouldBeOk().ShouldBe(first with { Repeated = true });
        (closed.SignedCount, closed.Expected).ShouldBe((1, 2));
    }

    [Fact]
    public async Task Somebody_enrolled_while_the_session_closes_is_in_the_closing_or_is_refused()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        Result<SignatureAnswer>? signed = null;
        var done = false;
        world.Calls.Before = async call =>
        {
            // The closing has read the facts and the list: now somebody comes to it, and signs.
            if (!done && call.Contains("$batch", StringComparison.Ordinal))
            {
                done = true;
                await world.EnrolAsync([9]);
                signed = await world.SignAsync(await world.TicketAsync(9), world.Learner(9));
            }
        };

        var closed = (await world.CloseAsync()).ShouldBeOk();

        signed.ShouldNotBeNull().ShouldBeOk();
        (closed.SignedCount, closed.Expected).ShouldBe((1, 4));
        (await world.FactsAsync()).OfType<Signed>().ShouldHaveSingleItem().At.ShouldBeLessThanOrEqualTo(closed.At);
    }

    [Fact]
    public async Task A_signature_that_began_before_the_closing_is_not_later_than_it()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var ticket = await world.TicketAsync(1);
        var reads = 0;
        world.Calls.Before = async call =>
        {
            // Between the closing's start and its reading of the facts, on a server whose clock is ahead.
            if (call.StartsWith("GET", StringComparison.Ordinal) && call.Contains("Attendance", StringComparison.Ordinal) && reads++ == 0)
            {
                world.Time.Advance(TimeSpan.FromMilliseconds(200));
                (await world.SignAsync(ticket, world.Learner(1))).ShouldBeOk();
            }
        };

        var closed = (await world.CloseAsync()).ShouldBeOk();

        closed.SignedCount.ShouldBe(1);
        (await world.FactsAsync()).ShouldAllBe(f => f.At <= closed.At);
    }

    [Fact]
    public async Task A_mark_that_meets_the_closing_is_before_it_or_is_refused()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        var closing = false;
        world.Calls.Before = async call =>
        {
            if (!closing && call.Contains("$batch", StringComparison.Ordinal))
            {
                closing = true;
                (await world.CloseAsync()).ShouldBeOk();
            }
        };
        var late = new MarkRequest(HalfDayWorld.Ref(1), AttendanceMark.Late, 20);

        (await world.Get<MarkLearner>().RunAsync(world.Org, world.Id, late, world.Trainer(), Cancellation))
            .ShouldBeRefused("session-closed");

        (await world.FactsAsync()).OfType<Marked>().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_opening_that_was_cut_short_and_comes_after_the_closing_opens_nothing()
    {
        await using var world = await HalfDayWorld.StartAsync(
            change: s => s with { State = SessionState.Open, OpenedAt = Example.At("07:46:00"), Key = Example.Key });
        var ticket = await world.TicketAsync(1);
        var closed = false;
        world.Calls.Before = async call =>
        {
            if (!closed && call.Contains("$batch", StringComparison.Ordinal))
            {
                closed = true;
                await EndAsync(world, 1);
                (await world.CloseAsync()).ShouldBeOk();
            }
        };

        await world.Get<OpenSession>().RunAsync(world.Org, world.Id, world.Trainer(), Cancellation);

        (await world.SignAsync(ticket, world.Learner(1))).ShouldBeRefused("session-closed");
    }

    [Fact]
    [Trait(LongRun.Trait, "yes")]
    public async Task What_is_acknowledged_is_what_is_sealed_in_whatever_order_things_happen()
    {
        await using var world = await HalfDayWorld.StartAsync();
        world.Time.AutoAdvanceAmount = TimeSpan.FromMilliseconds(1);
        for (var seed = 0; seed < LongRun.Times(15); seed++)
        {
            var half = await CrowdedHalfDay.OpenAsync(world, seed);
            await half.RunAsync();
            await half.CheckAsync();
        }
    }

    private static Task EndAsync(HalfDayWorld world, int learner) =>
        CrowdedHalfDay.EnrolAsync(world, Example.Morning.Group, HalfDayWorld.Ref(learner), new DateOnly(2026, 11, 22));
}
