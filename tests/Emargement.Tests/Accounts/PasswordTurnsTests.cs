using Emargement.Functions.Accounts.Logins;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Accounts;

public sealed class PasswordTurnsTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_at_a_time_and_each_network_in_turn_the_latest_first()
    {
        var turns = new PasswordTurns(_time);
        var first = await turns.TakeAsync("flood", Cancellation);
        var order = new List<string>();
        string[] waiting = ["flood 1", "flood 2", "flood 3", "school 1", "flood 4", "home 1"];

        var all = waiting.Select(async who =>
        {
            using var turn = await turns.TakeAsync(who.Split(' ')[0], Cancellation);
            lock (order)
            {
                order.Add(who);
            }
        }).ToList();
        order.ShouldBeEmpty();
        first!.Dispose();
        await Task.WhenAll(all);

        order.ShouldBe(["flood 4", "school 1", "home 1", "flood 3", "flood 2", "flood 1"]);
        (await turns.TakeAsync("later", Cancellation)).ShouldNotBeNull().Dispose();
    }

    [Fact]
    public async Task Who_waits_is_told_after_two_seconds_and_keeps_nobody_else_waiting()
    {
        var turns = new PasswordTurns(_time);
        var held = await turns.TakeAsync("one", Cancellation);
        var impatient = turns.TakeAsync("two", Cancellation);

        _time.Advance(PasswordTurns.LongestWait);
        (await impatient).ShouldBeNull();
        var patient = turns.TakeAsync("three", Cancellation);
        held!.Dispose();

        (await patient).ShouldNotBeNull();
    }

    [Fact]
    public async Task Who_leaves_keeps_nobody_else_waiting()
    {
        var turns = new PasswordTurns(_time);
        var held = await turns.TakeAsync("one", Cancellation);
        using var left = new CancellationTokenSource();
        var leaving = turns.TakeAsync("two", left.Token);

        await left.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => leaving);
        held!.Dispose();

        (await turns.TakeAsync("three", Cancellation)).ShouldNotBeNull();
    }
}
