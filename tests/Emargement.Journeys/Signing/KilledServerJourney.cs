using System.Collections.Concurrent;
using Emargement.Journeys.Platform;

namespace Emargement.Journeys.Signing;

/// <summary>The process is killed in the middle of a load: what was acknowledged is there afterwards, and nothing twice.</summary>
public sealed class KilledServerJourney
{
    private const int Crowd = 60;

    private readonly CancellationToken _cancellation = TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Server", "own")]
    public async Task Every_acknowledged_signature_survives_a_kill_and_none_is_there_twice()
    {
        await using var server = new ChildServer();
        await server.StartAsync(_cancellation);
        using var world = await World.CreateAsync(server, _cancellation, Crowd);
        await world.OpenAsync(world.Centre, _cancellation);
        await world.Trainer.PostAsync($"{world.Api}/sessions/{world.Centre}/tablet", new { }, 204, _cancellation);

        var acknowledged = await SignUntilKilledAsync(server, world);
        acknowledged.Count.ShouldBeInRange(1, Crowd - 1, "the kill must fall inside the load");

        await server.StartAsync(_cancellation);
        await world.LeaveTabletAsync(_cancellation);
        var signedAfter = await SignedAtAsync(world);
        foreach (var (learner, signedAt) in acknowledged)
        {
            signedAfter[learner].ShouldBe(signedAt);
        }

        // Everybody tries again: whoever had signed, acknowledged or not, is answered with that first signature.
        await world.Trainer.PostAsync($"{world.Api}/sessions/{world.Centre}/tablet", new { }, 204, _cancellation);
        await Task.WhenAll(Enumerable.Range(1, Crowd).Select(n => SignAgainAsync(world, n)));
        await world.LeaveTabletAsync(_cancellation);
        var signedLast = await SignedAtAsync(world);
        signedLast.Count.ShouldBe(Crowd);
        foreach (var (learner, signedAt) in signedAfter)
        {
            signedLast[learner].ShouldBe(signedAt);
        }
    }

    private async Task<ConcurrentDictionary<string, string>> SignUntilKilledAsync(ChildServer server, World world)
    {
        var acknowledged = new ConcurrentDictionary<string, string>();
        var enough = new TaskCompletionSource();
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        var load = Parallel.ForEachAsync(Enumerable.Range(1, Crowd), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            try
            {
                var proof = new { kind = "tablet", learner = $"C{n}" };
                var signed = await world.SignAsync(
                    world.Trainer, new { session = world.Centre, proof }, killed.Token, Drawings.Of(n));
                acknowledged[$"C{n}"] = signed["signedAt"]!.GetValue<string>();
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
            {
                // The process is gone: this one was not acknowledged.
            }

            if (acknowledged.Count >= Crowd / 3)
            {
                enough.TrySetResult();
            }
        });
        await Task.WhenAny(enough.Task, load);
        await server.KillAsync();

        // Nobody waits for the server to come back: its refusals are the end of the load.
        await killed.CancelAsync();
        await load;
        return acknowledged;
    }

    private async Task SignAgainAsync(World world, int n)
    {
        var answer = await world.Trainer.PostAsync(
            $"{world.Api}/presence",
            new { session = world.Centre, proof = new { kind = "tablet", learner = $"C{n}" } },
            200, _cancellation);
        if (answer["already"] is null)
        {
            await world.Trainer.PostAsync(
                $"{world.Api}/signatures",
                new { ticket = answer["ticket"]!.GetValue<string>(), drawing = Drawings.Of(n) },
                201, _cancellation);
        }
    }

    private async Task<Dictionary<string, string>> SignedAtAsync(World world)
    {
        var live = await world.Trainer.GetAsync($"{world.Api}/sessions/{world.Centre}", _cancellation);
        return live["learners"]!.AsArray()
            .Where(l => l!["signedAt"] is not null)
            .ToDictionary(l => l!["learner"]!.GetValue<string>(), l => l!["signedAt"]!.GetValue<string>());
    }
}
