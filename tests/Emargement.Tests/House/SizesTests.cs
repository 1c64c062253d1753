namespace Emargement.Tests.House;

/// <summary>What is read whole is short: folders, files, and functions, which bind, call one use case, and map what it answers.</summary>
public sealed class SizesTests
{
    private const int FilesInFolder = 15;
    private const int LinesInFile = 300;
    private const int LinesInFunction = 10;

    private static readonly IReadOnlyList<string> Sources = Files("*.cs");

    [Fact]
    public void A_folder_is_seen_at_once() => Sources.Concat(Files("*.razor")).GroupBy(f => Path.GetDirectoryName(f)!)
        .Where(g => g.Count() > FilesInFolder)
        .Select(g => $"{Path.GetRelativePath(Repository.Root, g.Key)} has {g.Count()} files")
        .ShouldBeEmpty();

    [Fact]
    public void A_file_has_one_subject() => Sources.Select(f => (File: f, Lines: File.ReadLines(f).Count()))
        .Where(f => f.Lines > LinesInFile)
        .Select(f => $"{Path.GetRelativePath(Repository.Root, f.File)} has {f.Lines} lines")
        .ShouldBeEmpty();

    // An orchestrator's loop is one method, so that it is read beside its history.
    [Fact]
    public void A_function_binds_calls_one_use_case_and_maps_its_answer() => Sources
        .Where(f => f.Contains("Emargement.Functions", StringComparison.Ordinal)
            && !f.EndsWith("Orchestrator.cs", StringComparison.Ordinal))
        .SelectMany(LinesOfFunctions)
        .Where(f => f.Lines > LinesInFunction)
        .Select(f => $"{f.Name} has {f.Lines} lines")
        .ShouldBeEmpty();

    private static IReadOnlyList<string> Files(string pattern) =>
    [
        .. new[] { "functions", "tests" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), pattern, SearchOption.AllDirectories))
            .Where(f => !Path.GetRelativePath(Repository.Root, f).Split(Path.DirectorySeparatorChar)
                .Any(part => part is "bin" or "obj" or "node_modules")),
    ];

    private static IEnumerable<(string Name, int Lines)> LinesOfFunctions(string file)
    {
        var lines = File.ReadAllLines(file);
        for (var at = 0; at < lines.Length; at++)
        {
            if (lines[at].StartsWith("    [Function(", StringComparison.Ordinal))
            {
                // A body of one expression ends before the next blank line, and is as short as its call.
                var next = Array.FindIndex(lines, at, line => line is "    {" or "" or "}");
                yield return (lines[at].Trim(), lines[next] == "    {" ? Array.IndexOf(lines, "    }", next) - next - 1 : 1);
            }
        }
    }
}
