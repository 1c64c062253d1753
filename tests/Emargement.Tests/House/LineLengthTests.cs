namespace Emargement.Tests.House;

/// <summary>A line is read whole, beside another file: 140 characters at most, in every source and script of the repository.</summary>
public sealed class LineLengthTests
{
    private const int Longest = 140;

    private static readonly string[] Written =
        [".cs", ".razor", ".css", ".ts", ".js", ".cjs", ".mjs", ".bicep", ".bicepparam", ".sh", ".csproj", ".props", ".yml", ".yaml"];

    // What other programs write, and what was fetched.
    private static readonly string[] Skipped = ["bin", "obj", "node_modules", ".git", ".data", ".tools", "TestResults"];

    [Fact]
    public void No_line_is_longer_than_a_screen_beside_another() =>
        Sources(new DirectoryInfo(Repository.Root)).SelectMany(LongLines)
            .ShouldBeEmpty($"Break these lines: {Longest} characters at most.");

    [Fact]
    public void Every_sort_of_source_is_looked_at()
    {
        var read = Sources(new DirectoryInfo(Repository.Root)).Select(f => f.Extension).ToHashSet(StringComparer.Ordinal);

        new[] { ".cs", ".razor", ".css", ".ts", ".bicep", ".bicepparam", ".sh", "" }.Except(read).ShouldBeEmpty();
    }

    private static IEnumerable<FileInfo> Sources(DirectoryInfo folder) => folder.EnumerateFiles().Where(IsSource)
        .Concat(folder.EnumerateDirectories().Where(d => !Skipped.Contains(d.Name, StringComparer.Ordinal)).SelectMany(Sources));

    // A script without an extension says by its first line what runs it.
    private static bool IsSource(FileInfo file) =>
        Written.Contains(file.Extension, StringComparer.Ordinal)
        || (file.Extension.Length == 0
            && File.ReadLines(file.FullName).FirstOrDefault()?.StartsWith("#!", StringComparison.Ordinal) == true);

    private static IEnumerable<string> LongLines(FileInfo file) => File.ReadLines(file.FullName)
        .Select((line, index) => (Line: line, Number: index + 1))
        .Where(l => l.Line.Length > Longest)
        .Select(l => $"{Path.GetRelativePath(Repository.Root, file.FullName)}:{l.Number} has {l.Line.Length}");
}
