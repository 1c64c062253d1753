using Emargement.Benchmarks;

if (args.Except(["--json"]).ToArray() is { Length: > 0 } unknown)
{
    Console.Error.WriteLine($"./bench takes --json, not {string.Join(' ', unknown)}.");
    return 2;
}

await using var host = await BenchHost.StartAsync();
Figure[] figures =
[
    await SignatureBench.WithoutDrawingAsync(host),
    await SignatureBench.WithDrawingAsync(host),
    await ImportBench.RunAsync(host),
    await ExportBench.RunAsync(host),
    await SheetBench.RunAsync(host),
    .. await PlacementBench.RunAsync(),
];
Console.Out.WriteLine(args.Contains("--json") ? Report.ToJson(figures) : Report.ToText(figures));
return 0;
