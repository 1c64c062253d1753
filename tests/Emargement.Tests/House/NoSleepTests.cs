namespace Emargement.Tests.House;

/// <summary>Tests set the time; none sleeps, for a sleep is too long on a fast machine and too short on a slow one.</summary>
public sealed class NoSleepTests
{
    private static readonly string[] Sleeps = ["Thread.Sleep(", "SpinWait.", "Task.Delay("];

    // What never ends waits for a cancellation, and what waits on a clock that a test sets waits for the test.
    private static readonly string[] Waits = ["Task.Delay(Timeout.Infinite", "Task.Delay(Pause, clock,"];

    // The journeys also run against servers elsewhere, on whose clock they can only wait.
    private static readonly string[] OnRealClocks = ["Emargement.Journeys/Platform/Server.cs"];

    [Fact]
    public void Tests_never_sleep()
    {
        var tests = Path.Combine(Repository.Root, "tests");
        var found = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: file, Name: Path.GetRelativePath(tests, file).Replace('\\', '/')))
            .Where(f => !f.Name.Split('/').Intersect(["bin", "obj"]).Any() && !OnRealClocks.Contains(f.Name)
                && !f.Name.EndsWith("NoSleepTests.cs", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(f.File).Index().Select(l => (f.Name, Line: l.Index + 1, l.Item)))
            .Where(l => Sleeps.Any(l.Item.Contains) && !Waits.Any(l.Item.Contains))
            .Select(l => $"{l.Name}:{l.Line} {l.Item.Trim()}");

        found.ShouldBeEmpty("Set the clock, or wait for what is to happen.");
    }
}
