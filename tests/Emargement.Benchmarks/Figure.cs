namespace Emargement.Benchmarks;

/// <summary>One measured thing.</summary>
/// <param name="Ours">The app's median, in <paramref name="Unit"/>.</param>
/// <param name="Raw">The bare storage client's median in the same rounds; null when there is nothing to compare with.</param>
/// <param name="Ratio">Median over the rounds of ours over raw; null likewise.</param>
/// <param name="Aim">What the ratio should reach, or what ours should stay under when there is no ratio.</param>
/// <param name="CallsEach">Storage calls for each of what the figure counts; null when they are not counted.</param>
/// <param name="Latency">Of single acts; null when they are not looked at.</param>
internal sealed record Figure(
    string Name,
    string Unit,
    double Ours,
    double? Raw,
    double? Ratio,
    double Aim,
    int Rounds,
    double? CallsEach = null,
    Latency? Latency = null,
    ProcessorShare? Processor = null)
{
    /// <summary>What is to be said of it beside.</summary>
    public string? Note { get; init; }

    public bool Met => Ratio is { } ratio ? ratio >= Aim : Ours <= Aim;

    /// <summary>Runs each side once to warm up, then in turn, so that both meet the same machine.</summary>
    /// <param name="ours">One round of the app, giving units a second.</param>
    /// <param name="raw">One round of the bare client, giving units a second.</param>
    public static async Task<Figure> CompareAsync(
        BenchHost host, string name, string unit, double aim, int rounds, Func<int, Task<double>> ours, Func<int, Task<double>> raw)
    {
        await ours(0);
        await raw(0);
        var measured = new List<(double Ours, double Raw)>();
        var (ofOurs, ofRaw) = (new ProcessorMeter(host, ours), new ProcessorMeter(host, raw));
        (ours, raw) = (ofOurs.RunAsync, ofRaw.RunAsync);
        for (var round = 1; round <= rounds; round++)
        {
            var (first, second) = round % 2 == 0 ? (await ours(round), await raw(round)) : Swap(await raw(round), await ours(round));
            measured.Add((first, second));
        }

        return new Figure(
            name,
            unit,
            Median(measured.Select(m => m.Ours)),
            Median(measured.Select(m => m.Raw)),
            Median(measured.Select(m => m.Ours / m.Raw)),
            aim,
            rounds,
            Processor: new ProcessorShare(ofOurs.Each(rounds), ofRaw.Each(rounds)));
    }

    public static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToList();
        return (ordered[(ordered.Count - 1) / 2] + ordered[ordered.Count / 2]) / 2;
    }

    private static (double First, double Second) Swap(double raw, double ours) => (ours, raw);
}

/// <summary>Processor seconds a round, of app and emulator together: what tells on a machine that does other work.</summary>
internal sealed record ProcessorShare(ProcessorUse Ours, ProcessorUse Raw)
{
    public double Ratio => (Raw.App + Raw.Storage) / (Ours.App + Ours.Storage);
}

/// <param name="App">Seconds of the app or of the bare client.</param>
/// <param name="Storage">Seconds of the emulator.</param>
internal sealed record ProcessorUse(double App, double Storage);

/// <summary>Adds up the processor time of what it runs.</summary>
internal sealed class ProcessorMeter(BenchHost host, Func<int, Task<double>> work)
{
    private TimeSpan _app;
    private TimeSpan _storage;

    public async Task<double> RunAsync(int round)
    {
        var before = host.Processor();
        var rate = await work(round);
        var after = host.Processor();
        (_app, _storage) = (_app + after.App - before.App, _storage + after.Storage - before.Storage);
        return rate;
    }

    public ProcessorUse Each(int rounds) => new(_app.TotalSeconds / rounds, _storage.TotalSeconds / rounds);
}

/// <param name="P50">Milliseconds that half of the acts stay under.</param>
/// <param name="P99">Milliseconds that 99 of 100 stay under.</param>
/// <param name="AppMilliseconds">Of a processor, an act, of the app; null for a server elsewhere.</param>
/// <param name="StorageMilliseconds">Of a processor, an act, of the emulator; null likewise.</param>
internal sealed record Latency(double P50, double P99, double? AppMilliseconds, double? StorageMilliseconds);
