using Emargement.Benchmarks;
using Emargement.Benchmarks.Acts;

string[] parts = ["acts", "signatures", "import", "export", "sheets", "placements"];
Uri? url = null;
var (json, memory, only) = (false, false, parts);
for (var left = args.AsSpan(); left.Length > 0;)
{
    var taken = 1;
    switch (left)
    {
        case ["--json", ..]:
            json = true;
            break;
        case ["--memory", ..]:
            memory = true;
            break;
        case ["--url", var address, ..] when Uri.TryCreate(address, UriKind.Absolute, out url):
        case ["--only", var names, ..] when (only = names.Split(',')).All(parts.Contains):
            taken = 2;
            break;
        default:
            taken = 0;
            break;
    }

    if (taken == 0 || (memory && url is not null))
    {
        Console.Error.WriteLine(
            $"./bench takes --json, and one of --url <address of a server>, --memory and --only <some of {string.Join(',', parts)}>.");
        return 2;
    }

    left = left[taken..];
}

// A person sees each figure when it is there: all of them take minutes.
var figures = new List<Figure>();
if (!json)
{
    Console.Out.WriteLine(Report.Heading);
}

await foreach (var figure in memory ? MemoryBench.RunAsync() : FiguresAsync(url is null ? only : ["acts"], url))
{
    figures.Add(figure);
    if (!json)
    {
        Console.Out.WriteLine(Report.ToText(figure));
    }
}

if (json)
{
    Console.Out.WriteLine(Report.ToJson(figures));
}

return 0;

static async IAsyncEnumerable<Figure> FiguresAsync(IReadOnlyCollection<string> only, Uri? url)
{
    if (only.Contains("acts"))
    {
        await foreach (var act in ActBench.RunAsync(url))
        {
            yield return act;
        }
    }

    (string Part, Func<BenchHost, Task<Figure>> Measure)[] others =
    [
        ("signatures", SignatureBench.WithoutDrawingAsync),
        ("signatures", SignatureBench.WithDrawingAsync),
        ("import", ImportBench.RunAsync),
        ("export", ExportBench.RunAsync),
        ("sheets", SheetBench.RunAsync),
    ];
    var wanted = others.Where(o => only.Contains(o.Part)).ToList();
    if (wanted.Count > 0)
    {
        await using var host = await BenchHost.StartAsync();
        foreach (var (_, measure) in wanted)
        {
            yield return await measure(host);
        }
    }

    if (only.Contains("placements"))
    {
        foreach (var figure in await PlacementBench.RunAsync())
        {
            yield return figure;
        }
    }
}
