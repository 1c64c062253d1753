using Emargement.Tests.House;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>How a call of a program goes wrong.</summary>
internal enum Mishap
{
    None,

    /// <summary>It fails and has done nothing.</summary>
    Failed,

    /// <summary>It has done its work, and whoever called it is cut.</summary>
    Cut,
}

/// <summary>A checkout of its own, whose scripts meet stand-ins for Azure and for the tools.</summary>
internal sealed class DeployScene : IAsyncDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("emargement-deploy-");
    private readonly Dictionary<string, string?> _environment;
    private readonly StandIns _standIns;
    private readonly string _stage;

    // The commit that every scene begins from: three calls of git are dearer than a copy of what they made.
    private static readonly Lazy<Task<(string Folder, string Commit)>> MadeOnce = new(MakeAsync);

    private DeployScene(string stage)
    {
        _stage = stage;
        Azure = new AzureStandIn(stage);
        _standIns = new StandIns(Path.Combine(_root.FullName, "programs"), ["az", "azd", "gh", "dotnet", "zip", "curl", "sleep"], Answer);
        _environment = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("EMARGEMENT_", StringComparison.Ordinal))
            .ToDictionary(name => name, _ => (string?)null);
        Set("PATH", $"{_standIns.Folder}:{Environment.GetEnvironmentVariable("PATH")}");
        Set("AzureCommunicationEmail", null);
        Set("EMARGEMENT_OPERATOR_EMAIL", "ada@organisme.fr");
        Set("EMARGEMENT_OPERATOR_PRINCIPAL_ID", "5b1c0000-0000-0000-0000-000000000000");
        Set("GIT_CONFIG_GLOBAL", "/dev/null");
        foreach (var who in new[] { "AUTHOR", "COMMITTER" })
        {
            Set($"GIT_{who}_NAME", "Ada");
            Set($"GIT_{who}_EMAIL", "ada@organisme.fr");
            // The same files are the same commit in every scene.
            Set($"GIT_{who}_DATE", "2026-11-26T08:00:00Z");
        }
    }

    public AzureStandIn Azure { get; }

    /// <summary>Every call of the last run.</summary>
    public List<ProgramCall> Calls { get; } = [];

    /// <summary>How long the last run waited; no time passes for the test.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>What goes wrong, by the call and its place in the run.</summary>
    public Func<ProgramCall, int, Mishap> Goes { get; set; } = (_, _) => Mishap.None;

    /// <summary>What azd's environment was told.</summary>
    public Dictionary<string, string> Azd { get; } = [];

    public string Checkout => Path.Combine(_root.FullName, "checkout");

    public string Commit { get; private init; } = "";

    public static async Task<DeployScene> SetAsync(string stage = "dev")
    {
        var (made, commit) = await MadeOnce.Value;
        var scene = new DeployScene(stage) { Commit = commit };
        Copy(made, scene.Checkout);
        return scene;
    }

    /// <summary>Sets a variable of the runs to come; null takes it away.</summary>
    public void Set(string variable, string? value) => _environment[variable] = value;

    public Task<Said> RunAsync(params string[] arguments) => ScriptAsync("deploy", [_stage, .. arguments]);

    /// <summary>Puts a program that always fails before all others.</summary>
    public void Break(string program) => _standIns.Write(program, "#!/bin/sh\nexit 1\n");

    public async Task<Said> ScriptAsync(string script, params string[] arguments)
    {
        Calls.Clear();
        Waited = TimeSpan.Zero;
        return await Tool.RunAsync(Path.Combine(Checkout, "infra", script), arguments, _environment);
    }

    /// <summary>All that a run prints, as on a screen, without what differs from machine to machine.</summary>
    public async Task<string> TranscriptAsync(params string[] arguments)
    {
        Calls.Clear();
        string[] words = ["-c", "\"$0\" \"$@\" 2>&1", Path.Combine(Checkout, "infra", "deploy"), _stage, .. arguments];
        var said = await Tool.RunAsync("bash", words, _environment);
        var printed = said.Out.Replace(Checkout, "~/emargement").Replace(Commit, "COMMIT");
        return $"$ infra/deploy {string.Join(' ', [_stage, .. arguments])}\n{printed}[exit code {said.Code}]\n"
            .Replace(Checkout, "~/emargement").Replace(Commit, "COMMIT");
    }

    public async ValueTask DisposeAsync()
    {
        await _standIns.DisposeAsync();
        _root.Delete(recursive: true);
    }

    private Task<Said> GitAsync(string arguments) => Tool.RunAsync("git", ["-C", Checkout, .. arguments.Split(' ')], _environment);

    private static async Task<(string Folder, string Commit)> MakeAsync()
    {
        var scene = new DeployScene("dev");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => scene._root.Delete(recursive: true);
        Copy(Path.Combine(Repository.Root, "infra"), Path.Combine(scene.Checkout, "infra"));
        File.Copy(Path.Combine(Repository.Root, ".gitignore"), Path.Combine(scene.Checkout, ".gitignore"));
        foreach (var arguments in new[] { "init --quiet", "add --all", "commit --quiet --message=All" })
        {
            (await scene.GitAsync(arguments)).Code.ShouldBe(0);
        }

        return (scene.Checkout, (await scene.GitAsync("rev-parse HEAD")).Out.Trim());
    }

    private static void Copy(string folder, string target)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private ProgramAnswer Answer(ProgramCall call)
    {
        if (call.Program == "sleep")
        {
            Waited += TimeSpan.FromSeconds(int.Parse(call.Words[0]));
            Azure.Wait(TimeSpan.FromSeconds(int.Parse(call.Words[0])));
            return new ProgramAnswer();
        }

        Calls.Add(call);
        var goes = Goes(call, Calls.Count - 1);
        if (goes == Mishap.Failed)
        {
            return new ProgramAnswer(Error: "ERROR: (ServiceUnavailable) The service does not answer.\n", Code: 1);
        }

        var answer = call.Program switch
        {
            "az" => Azure.Answer(call),
            "dotnet" => Dotnet(call),
            "zip" => Zip(call),
            "curl" => Curl(call),
            "azd" => AzdSet(call),
            "gh" => GitHub(call),
            _ => throw new InvalidOperationException($"{call.Program} has no stand-in."),
        };
        if (goes != Mishap.Cut)
        {
            return answer;
        }

        if (call.Begins("deployment group create"))
        {
            Azure.LeaveRunning(call.Option("--name")!);
        }

        return new ProgramAnswer(Code: 137);
    }

    private static ProgramAnswer Dotnet(ProgramCall call)
    {
        if (call.Begins("publish"))
        {
            var built = Path.Combine(call.Folder, call.Option("-o")!);
            Directory.CreateDirectory(Path.Combine(built, ".azurefunctions"));
            File.WriteAllText(Path.Combine(built, "host.json"), "{}");
        }

        return new ProgramAnswer(call.Begins("--version") ? "10.0.401\n" : "");
    }

    private static ProgramAnswer Zip(ProgramCall call)
    {
        File.WriteAllText(call.Words[1], $"all of {call.Folder}");
        return new ProgramAnswer();
    }

    private ProgramAnswer Curl(ProgramCall call)
    {
        var answers = Azure.Answers && (call.Words[^1].Contains("azurewebsites.net", StringComparison.Ordinal) || Azure.DomainIsBound);
        return answers ? new ProgramAnswer() : new ProgramAnswer(Error: "curl: (22) The requested URL returned error: 503\n", Code: 22);
    }

    private ProgramAnswer AzdSet(ProgramCall call)
    {
        call.Begins("env set ").ShouldBeTrue(call.Line);
        Azd[call.Words[2]] = call.Words[3];
        return new ProgramAnswer();
    }

    /// <summary>One run kept one package: that of the commit of fives.</summary>
    private static ProgramAnswer GitHub(ProgramCall call)
    {
        var kept = new string('5', 40);
        if (call.Begins("api "))
        {
            return new ProgramAnswer(call.Words.Any(w => w.EndsWith($"name=package-{kept}", StringComparison.Ordinal)) ? "8812\n" : "");
        }

        call.Line.ShouldBe($"gh run download 8812 --name package-{kept} --dir .tools/releases");
        File.WriteAllText(Directory.CreateDirectory(Path.Combine(call.Folder, ".tools", "releases")).FullName + $"/{kept}.zip", "kept");
        return new ProgramAnswer();
    }
}
