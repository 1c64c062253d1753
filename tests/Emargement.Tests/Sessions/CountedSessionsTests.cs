using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Listing;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Sessions;

/// <summary>What the list of a day says of each half-day to those who lead it, and how many calls that takes.</summary>
public sealed class CountedSessionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_staff_sees_who_is_expected_signed_and_closed_and_what_a_change_carries_and_a_learner_does_not()
    {
        await using var world = await HalfDayWorld.StartAsync();
        await world.OpenAsync();
        await world.SignAsync(1);

        var open = (await ListAsync(world, world.Trainer())).ShouldHaveSingleItem().Session;
        (open.State, open.Expected, open.Signed, open.ClosedBy, open.OnPaper, open.Replaced)
            .ShouldBe((SessionState.Open, 3, 1, null, false, false));
        var stored = (await world.Get<SessionsTable>().FindAsync(world.Org, world.Id, Cancellation))!;
        open.Version.ShouldBe(stored.ETag.ToString());
        (await world.CloseAsync(world.Manager())).ShouldBeOk();
        var closed = (await ListAsync(world, world.Manager())).ShouldHaveSingleItem().Session;
        (closed.State, closed.ClosedBy).ShouldBe((SessionState.Closed, "manager:M1"));

        var own = (await ListAsync(world, world.Learner(1))).ShouldHaveSingleItem();
        (own.Signed, own.Session.Expected, own.Session.Signed, own.Session.ClosedBy, own.Session.Version)
            .ShouldBe((true, null, null, null, null));
    }

    [Fact]
    public async Task Many_sessions_of_a_day_are_counted_by_one_range_of_its_facts()
    {
        await using var world = await HalfDayWorld.StartAsync();
        for (var i = 0; i < 6; i++)
        {
            var id = world.Id with { Reference = Reference.Parse($"X{i}") };
            await world.Get<SessionsTable>().TryInsertAsync(world.Session with { Id = id, SlotRef = id.Reference }, Cancellation);
        }

        await ListAsync(world, world.Manager());
        world.Calls.Reset();

        (await ListAsync(world, world.Manager())).Count.ShouldBe(7);

        world.Calls.Made.Count.ShouldBe(2, $"the day's sessions, its facts\n{string.Join('\n', world.Calls.Made)}");
    }

    [Fact]
    public async Task A_list_of_more_than_31_days_is_refused()
    {
        await using var world = await HalfDayWorld.StartAsync();
        var asked = new SessionsAsked(new DateOnly(2026, 11, 1), new DateOnly(2026, 12, 2), null, null, null, null, false);

        (await world.Get<ListSessionsBetween>().RunAsync(world.Org, asked, world.Manager(), Cancellation))
            .ShouldBeRefused("period-too-long");
    }

    private static async Task<IReadOnlyList<DaySession>> ListAsync(HalfDayWorld world, Caller caller) =>
        (await world.Get<ListSessionsOfDay>().RunAsync(world.Org, world.Id.Date, caller, Cancellation)).ShouldBeOk();
}
