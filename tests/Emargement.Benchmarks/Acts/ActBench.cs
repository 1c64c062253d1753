using System.Collections.Concurrent;
using System.Diagnostics;

namespace Emargement.Benchmarks.Acts;

/// <summary>What a person does, whole, over HTTP from another process, beside a bare client that makes the fewest calls on the same
/// tables.</summary>
internal static class ActBench
{
    private const int Rounds = 3;

    /// <param name="url">A server that runs elsewhere; null for LocalHost.</param>
    public static async IAsyncEnumerable<Figure> RunAsync(Uri? url)
    {
        using var server = await ActServer.StartAsync(url);
        using var world = await ActWorld.CreateAsync(server);
        var bare = server.Storage is { } storage ? await BareActs.CreateAsync(storage) : null;

        yield return await MeasureAsync(
            server,
            new("token to signature", 0.85, WarmUp: 150, EachRound: 450, ActWorld.Connections),
            world.SignByTokenAsync,
            bare is null ? null : bare.SignByTokenAsync);
        yield return await MeasureAsync(
            server,
            new("QR page to signature", 0.75, WarmUp: 120, EachRound: 280, ActWorld.Connections),
            i => world.SignByQrAsync(i % ActWorld.Phones, i / ActWorld.Phones),
            bare is null ? null : i => bare.SignByQrAsync(i % ActWorld.Phones));
        yield return await MeasureAsync(
            server,
            new("typed code to signature", 0.75, WarmUp: 120, EachRound: 280, ActWorld.Connections),
            i => world.SignByCodeAsync(i % ActWorld.Phones, 4 + (i / ActWorld.Phones)),
            bare is null ? null : i => bare.SignByCodeAsync(i % ActWorld.Phones));
        yield return await MeasureAsync(
            server,
            new("a class of 30 at once, QR page to signature", 0.75, WarmUp: 30, EachRound: 30, AtOnce: 30),
            i => world.SignByQrAsync(i, 8),
            bare is null ? null : bare.SignByQrAsync);

        // Most of it is the password's own cost, which the bare client does not pay; more at once are asked to come back.
        yield return await MeasureAsync(
            server,
            new("sign-in", 0, WarmUp: 16, EachRound: 64, AtOnce: 2),
            i => world.SignInAsync(i % ActWorld.Phones),
            bare is null ? null : i => bare.SignInAsync(i % ActWorld.Phones));
    }

    private static async Task<Figure> MeasureAsync(ActServer server, Load load, Func<int, Task> ours, Func<int, Task>? bare)
    {
        await RunAsync(Enumerable.Range(0, load.WarmUp), load.AtOnce, ours);
        if (bare is not null)
        {
            await RunAsync(Enumerable.Range(0, load.WarmUp), load.AtOnce, bare);
        }

        var rounds = new List<(Spent Ours, double? Bare)>();
        for (var round = 0; round < Rounds; round++)
        {
            var some = Enumerable.Range(load.WarmUp + (round * load.EachRound), load.EachRound).ToList();
            var first = round % 2 == 1 && bare is not null ? await RunAsync(some, load.AtOnce, bare) : null;
            var spent = await RunAsync(some, load.AtOnce, ours, server);
            var second = first ?? (bare is null ? null : await RunAsync(some, load.AtOnce, bare));
            rounds.Add((spent, second?.Rate));
        }

        return FigureOf(server, load, rounds);
    }

    private static Figure FigureOf(ActServer server, Load load, List<(Spent Ours, double? Bare)> rounds)
    {
        var times = rounds.SelectMany(r => r.Ours.Milliseconds).Order().ToList();
        double Each(Func<Usage, double> of) => rounds.Sum(r => of(r.Ours.Used)) / times.Count;
        var compared = rounds.All(r => r.Bare is not null);
        return new Figure(
            load.Name,
            "acts a second",
            Figure.Median(rounds.Select(r => r.Ours.Rate)),
            compared ? Figure.Median(rounds.Select(r => r.Bare!.Value)) : null,
            compared ? Figure.Median(rounds.Select(r => r.Ours.Rate / r.Bare!.Value)) : null,
            load.Aim,
            Rounds,
            server.IsOurs ? Each(u => u.Calls) : null,
            new Latency(
                times[times.Count / 2],
                times[Math.Min(times.Count - 1, times.Count * 99 / 100)],
                server.IsOurs ? Each(u => u.App.TotalMilliseconds) : null,
                server.IsOurs ? Each(u => u.Storage.TotalMilliseconds) : null));
    }

    private static async Task<Spent> RunAsync(IEnumerable<int> acts, int atOnce, Func<int, Task> act, ActServer? server = null)
    {
        var times = new ConcurrentBag<double>();
        var before = server?.Read() ?? default;
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(acts, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, _) =>
        {
            var began = Stopwatch.GetTimestamp();
            await act(i);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        });
        var seconds = watch.Elapsed.TotalSeconds;
        var after = server?.Read() ?? default;
        return new Spent(
            times.Count / seconds,
            [.. times],
            new Usage(after.Calls - before.Calls, after.App - before.App, after.Storage - before.Storage));
    }

    private sealed record Load(string Name, double Aim, int WarmUp, int EachRound, int AtOnce);

    private sealed record Spent(double Rate, IReadOnlyList<double> Milliseconds, Usage Used);
}
