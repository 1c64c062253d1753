using System.Text.RegularExpressions;
using Emargement.Functions.Planning.Reading;

namespace Emargement.Tests.Planning.Reading;

/// <summary>Files in waiting are nobody else's. Looks at every open file of the process, so nothing else of the run may work
/// meanwhile.</summary>
[Collection("Alone")]
public sealed partial class SpooledFileTests
{
    [Fact]
    public async Task A_file_in_waiting_has_no_name_and_is_its_owner_s_alone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not show the open files of a process.");
        using var file = (await SpooledFile.ReceiveAsync(
            "x.csv", new MemoryStream(new byte[12_347]), new ByteBudget(20_000), TestContext.Current.CancellationToken)).Value!;

        var open = Directory.EnumerateFileSystemEntries("/proc/self/fd")
            .Where(entry => new FileInfo(entry).LinkTarget is { } target && Spooled().IsMatch(target))
            .ToList();

        open.ShouldNotBeEmpty();
        open.ShouldAllBe(entry => new FileInfo(entry).LinkTarget!.EndsWith(" (deleted)", StringComparison.Ordinal));
        open.ShouldAllBe(entry => ModeOf(entry) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        file.Length.ShouldBe(12_347);
    }

    // Not the folders of other tests.
    [GeneratedRegex(@"/emargement-[a-z0-9]{8}\.[a-z0-9]{3}")]
    private static partial Regex Spooled();

    private static UnixFileMode ModeOf(string entry) =>
        OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(entry);
}
