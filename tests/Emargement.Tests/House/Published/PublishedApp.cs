using Emargement.Tests.Infra;

namespace Emargement.Tests.House.Published;

/// <summary>The folder that Azure receives: what <c>dotnet publish</c> makes, or the build where no mail client is there.</summary>
/// <remarks>Publishing copies these files of the build as they are.</remarks>
public sealed class PublishedApp : IAsyncLifetime
{
    private const string Project = "functions/Emargement.Functions";

    private readonly DirectoryInfo _published = Directory.CreateTempSubdirectory("emargement-published-");

    /// <summary>What the build made.</summary>
    public static string Built => Path.Combine(Repository.Root, Project, "bin", Configuration, "net10.0");

    /// <summary>Whether this build has the mail client's types alone.</summary>
    private static bool IsDeclared => File.Exists(Path.Combine(Built, "Emargement.MailClientDeclarations.dll"));

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public string Folder { get; private set; } = Built;

    public async ValueTask InitializeAsync()
    {
        if (!IsDeclared)
        {
            var said = await PublishAsync("package");
            said.Code.ShouldBe(0, said.Out);
            Folder = _published.FullName;
        }
    }

    public ValueTask DisposeAsync()
    {
        _published.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>Publishes what is built already.</summary>
    /// <param name="mailClient"><c>package</c> or <c>declared</c>.</param>
    internal Task<Said> PublishAsync(string mailClient) => Tool.RunAsync(
        "dotnet",
        ["publish", Project, "-c", Configuration, "-o", _published.FullName, "--no-build", "--no-restore", "--nologo"],
        new() { ["AzureCommunicationEmail"] = mailClient, ["MSBUILDDISABLENODEREUSE"] = "1" });
}
