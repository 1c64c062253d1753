using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Emargement.Tests.Platform.Archive;

namespace Emargement.Tests.LocalHost;

/// <summary><c>./run export</c> and <c>./run import</c>, as they are typed.</summary>
public sealed class ArchiveCommandTests : IDisposable
{
    private static readonly Dictionary<string, string?> Configured = new()
    {
        ["Storage:ConnectionString"] = "UseDevelopmentStorage=true",
        ["Access:RateFactor"] = "2",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("export garonne file.zip", true)]
    [InlineData("import file.zip --account emargementrec --prefix essai", true)]
    [InlineData("export GARONNE file.zip", false)]
    [InlineData("export garonne", false)]
    [InlineData("import", false)]
    [InlineData("import --account emargementrec", false)]
    [InlineData("import file.zip --account", false)]
    [InlineData("import file.zip --account one --account two", false)]
    [InlineData("import file.zip --overwrite yes", false)]
    public void The_command_line_is_understood_or_refused(string line, bool understood)
    {
        (CommandLine.Parse(line.Split(' ')) is not null).ShouldBe(understood);
    }

    [Fact]
    public void The_storage_of_the_command_line_stands_in_for_the_configured_one()
    {
        var settings = ArchiveCommand.Parse(["import", "file.zip", "--account", "emargementrec"])!.Over(Configured);

        settings.ShouldContainKeyAndValue("Storage:AccountName", "emargementrec");
        settings.ShouldNotContainKey("Storage:ConnectionString");
        settings.ShouldContainKeyAndValue("Access:RateFactor", "2");
        ArchiveCommand.Parse(["import", "file.zip", "--prefix", "essai"])!.Over(Configured).ShouldContainKeyAndValue(
            "Storage:ConnectionString", "UseDevelopmentStorage=true");
    }

    [Fact]
    public async Task An_organisation_goes_out_by_one_command_and_in_by_another()
    {
        await using var scene = await ArchiveScene.StartAsync();
        var (file, empty) = (Path.Combine(_folder, "garonne.zip"), AzuriteFixture.NewPrefix());

        (await RunAsync("export", "garonne", file, "--connection", AzuriteFixture.ConnectionString, "--prefix", scene.Prefix)).ShouldBe(0);
        (await RunAsync("export", "garonne", file, "--connection", AzuriteFixture.ConnectionString, "--prefix", scene.Prefix)).ShouldBe(
            1, "no archive is written over another");
        (await RunAsync("import", file, "--connection", AzuriteFixture.ConnectionString, "--prefix", empty)).ShouldBe(0);
        (await RunAsync("export", "personne", file + "2", "--connection", AzuriteFixture.ConnectionString, "--prefix", empty)).ShouldBe(1);
        (await RunAsync("import", file, "--connection", AzuriteFixture.ConnectionString, "--prefix", "Not a prefix")).ShouldBe(1);

        Directory.EnumerateFiles(_folder).ShouldBe([file], "nothing half written is left");
        (await ArchiveScene.BlobsAsync(empty)).ShouldBe(await ArchiveScene.BlobsAsync(scene.Prefix));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<int> RunAsync(params string[] line) => ArchiveCommand.Parse(line)!.RunAsync(Configured, Cancellation);
}
