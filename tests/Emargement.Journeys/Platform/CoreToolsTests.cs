using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Storage;

namespace Emargement.Journeys.Platform;

/// <summary><c>./run --func --journeys</c>, with LocalHost in place of Core Tools where a machine has none.</summary>
[Trait("Server", "own")]
public sealed class CoreToolsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("emargement-func-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_journeys_travel_against_func_where_it_is_on_the_path()
    {
        var asked = Path.Combine(_folder.FullName, "asked");
        Install("func", $"""
            #!/bin/sh
            echo "$(basename "$PWD") $*" >'{asked}'
            exec dotnet '{typeof(LocalHostApp).Assembly.Location}' --url "$Access__PublicUrl"
            """);
        using var storage = AzuriteProcess.Start();
        var port = Ports.Free();

        var (code, said) = await RunAsync(
            ["--func", "--journeys", "--filter-class", "*.HalfDayJourney"],
            ("PATH", $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}"),
            ("Storage__ConnectionString", storage.ConnectionString),
            ("Access__OperatorKey", "core-tools-operator-key-of-this-run-only-01"),
            ("Access__PublicUrl", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));

        code.ShouldBe(0, said);
        said.ShouldMatch("(?m)^ +succeeded: 1$");
        (await File.ReadAllTextAsync(asked, Cancellation)).Trim().ShouldBe(
            string.Create(CultureInfo.InvariantCulture, $"Emargement.Functions start --dotnet-isolated --port {port}"));
        using var after = new TcpClient();
        var connect = async () => await after.ConnectAsync(IPAddress.Loopback, port, Cancellation);
        await connect.ShouldThrowAsync<SocketException>("func is stopped with the journeys");
    }

    [Theory]
    [InlineData("--func")]
    [InlineData("--func --journeys")]
    public async Task Where_it_is_not_a_sentence_says_so_and_nothing_is_built(string arguments)
    {
        // A path that has what the script needs to say it, and no more.
        foreach (var tool in (string[])["bash", "dirname", "mkdir"])
        {
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, tool), $"/usr/bin/{tool}");
        }

        var (code, said) = await RunAsync(arguments.Split(' '), ("PATH", _folder.FullName));

        code.ShouldBe(1);
        said.Trim().ShouldBe("Azure Functions Core Tools (func) are not on the path: run ./run without --func.");
    }

    private static async Task<(int Code, string Said)> RunAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("/bin/bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(Root(), "run"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What builds goes when it has built: it would keep the outputs of this process open.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(
            process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, string.Concat(said));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Emargement.Functions.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }

    private void Install(string program, string script)
    {
        var file = Path.Combine(_folder.FullName, program);
        File.WriteAllText(file, script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }
}
