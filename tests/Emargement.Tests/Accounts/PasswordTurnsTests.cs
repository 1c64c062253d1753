using Emargement.Functions.Accounts.Logins;
using Microsoft.Extensions.Time.Testing;

namespace Emargement.Tests.Accounts;

public sealed class PasswordTurnsTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_at_a_time_and_each_network_in_turn()
    {
        var turns = new PasswordTurns(_time);
        var first = await turns.TakeAsync("flood", Cancellation);
        var order = new List<string>();
        string[] waiting = ["flood", "flood", "flood", "school", "flood", "home"];

        var all = waiting.Select(async from =>
        {
            using var turn = await turns.TakeAsync(from, Cancellation);
            lock (order)
            {
                order.Add(from);
            }
        }).ToList();
        order.ShouldBeEmpty();
        first!.Dispose();
        await Task.WhenAll(all);

        order.ShouldBe(["flood", "school", "home", "flood", "flood", "flood"]);
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
