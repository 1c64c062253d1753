using Emargement.Benchmarks;
using Emargement.Benchmarks.Acts;

Uri? url = null;
var memory = args.Contains("--memory");
if ((args is ["--url", var address, ..] && !Uri.TryCreate(address, UriKind.Absolute, out url))
    || args.Skip(url is null ? 0 : 2).Except(url is null ? ["--json", "--memory"] : ["--json"]).Any())
{
    Console.Error.WriteLine("./bench takes --url <address of a server> or --memory, then --json; each may be left out.");
    return 2;
}

// A person sees each figure when it is there: all of them take minutes.
var json = args.Contains("--json");
var figures = new List<Figure>();
if (!json)
{
    Console.Out.WriteLine(Report.Heading);
}

await foreach (var figure in memory ? MemoryBench.RunAsync() : FiguresAsync(url))
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

static async IAsyncEnumerable<Figure> FiguresAsync(Uri? url)
{
    await foreach (var act in ActBench.RunAsync(url))
    {
        yield return act;
    }

    if (url is not null)
    {
        yield break;
    }

    await using (var host = await BenchHost.StartAsync())
    {
        yield return await SignatureBench.WithoutDrawingAsync(host);
        yield return await SignatureBench.WithDrawingAsync(host);
        yield return await ImportBench.RunAsync(host);
        yield return await ExportBench.RunAsync(host);
        yield return await SheetBench.RunAsync(host);
    }

    foreach (var figure in await PlacementBench.RunAsync())
    {
        yield return figure;
    }
}
