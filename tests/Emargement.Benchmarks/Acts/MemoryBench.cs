using System.Globalization;
using System.Text;

namespace Emargement.Benchmarks.Acts;

/// <summary>Memory of the app's process, which holds the Durable engine too: idle, after many acts, and after the largest import.</summary>
internal static class MemoryBench
{
    private const int Acts = 20_000;
    private const int Rows = 200_000;

    // An instance has 2,048, of which the Functions host takes some.
    private const int Aim = 1_024;

    public static async IAsyncEnumerable<Figure> RunAsync()
    {
        using var server = await ActServer.StartAsync(null);
        yield return FigureOf("memory, idle", server.Memory().Now);

        using var world = await ActWorld.CreateAsync(server);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Acts),
            new ParallelOptions { MaxDegreeOfParallelism = ActWorld.Connections },
            async (i, _) => await world.ScanAsync(i % ActWorld.Phones, i / ActWorld.Phones % ActPlanning.SlotsOfPhones));
        yield return FigureOf(string.Create(CultureInfo.InvariantCulture, $"memory, after {Acts:N0} scans"), server.Memory().Now);

        await world.ImportAsync(Planning(TimeProvider.System.GetUtcNow().Year));
        var (now, most) = server.Memory();
        yield return FigureOf(string.Create(CultureInfo.InvariantCulture, $"memory, after an import of {Rows:N0} rows"), now);
        yield return FigureOf("memory, at most", most);
    }

    private static Figure FigureOf(string name, double megabytes) => new(name, "MB", megabytes, null, null, Aim, Rounds: 1);

    /// <summary>A year of every group, in rows that no other planning names.</summary>
    private static string Planning(int year)
    {
        var text = new StringBuilder("seance_ref;action_ref;date;debut;fin;groupe;modalite\n");
        for (var i = 0; i < Rows; i++)
        {
            var day = new DateOnly(year, 1, 1).AddDays(i / ActPlanning.Groups / 2 % 365);
            var hours = i / ActPlanning.Groups % 2 == 0 ? "08:00;09:00" : "20:00;21:00";
            text.Append(
                CultureInfo.InvariantCulture,
                $"M{i};A1;{day:dd/MM/yyyy};{hours};{ActPlanning.Group(i % ActPlanning.Groups)};P\n");
        }

        return text.ToString();
    }
}
