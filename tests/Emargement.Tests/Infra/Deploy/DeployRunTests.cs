using Emargement.Tests.House;
using Emargement.Tests.Platform;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>
/// Whole runs of <c>infra/deploy</c>: the first, the second, one that was cut, one without rights, one that goes back. All that they
/// print is in docs/deployments.
/// </summary>
public sealed class DeployRunTests
{
    private const string Rewrite = "EMARGEMENT_WRITE_DEPLOYMENTS";

    /// <summary>A vault that knows a new right after two minutes, as most do.</summary>
    private static readonly TimeSpan Spread = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_first_deployment_goes_through_while_rights_spread()
    {
        await using var scene = await DeployScene.SetAsync();
        scene.Azure.Spread = Spread;

        await IsAsync("first", await scene.TranscriptAsync());

        scene.Azure.Answers.ShouldBeTrue();
        scene.Azure.Published.ShouldBe($"{scene.Commit}.zip");
        scene.Azure.BudgetFrom.ShouldBe("2026-11-01");
        scene.Azure.Secrets["operator-key"].Length.ShouldBe(48);
    }

    [Fact]
    public async Task A_second_deployment_changes_nothing_that_is_there()
    {
        await using var scene = await DeployScene.SetAsync();
        (await scene.RunAsync()).Code.ShouldBe(0);
        var (state, key) = (scene.Azure.State, scene.Azure.Secrets["operator-key"]);

        await IsAsync("second", await scene.TranscriptAsync());

        scene.Azure.State.ShouldBe(state);
        scene.Azure.Secrets["operator-key"].ShouldBe(key);
        scene.Azure.UnmaskedMoments.ShouldBe(0);
        scene.Calls.ShouldNotContain(
            c => c.Begins("group create") || c.Begins("keyvault certificate create") || c.Begins("keyvault secret set"));
    }

    [Fact]
    public async Task A_run_that_was_cut_is_completed_by_the_next()
    {
        await using var scene = await DeployScene.SetAsync();
        scene.Goes = (call, _) => call.Line.Contains("--name emargement --parameters", StringComparison.Ordinal) ? Mishap.Cut : Mishap.None;
        var cut = await scene.TranscriptAsync();
        scene.Goes = (_, _) => Mishap.None;

        await IsAsync("cut", $"{cut}\n{await scene.TranscriptAsync()}");

        scene.Azure.Answers.ShouldBeTrue();
    }

    [Theory]
    [Trait(LongRun.Trait, "yes")]
    [InlineData("dev", Mishap.Cut, 0)]
    [InlineData("dev", Mishap.Failed, 1)]
    [InlineData("prod", Mishap.Cut, 1)]
    public async Task Wherever_a_run_stops_the_next_ends_in_the_same_state(string stage, object mishap, int first)
    {
        var (uncut, calls) = await UncutAsync(stage);

        // A question that was cut is one that failed; what follows it is the same.
        var places = Enumerable.Range(0, calls.Count).Where(i => (Mishap)mishap != Mishap.Cut || Changes(calls[i])).ToList();

        // Each place takes two runs of the script: every place when there is time for it, else every third.
        foreach (var place in places.Where((_, n) => LongRun.IsAsked || n % 3 == first))
        {
            await using var scene = await PreparedAsync(stage);
            scene.Goes = (_, i) => i == place ? (Mishap)mishap : Mishap.None;
            var stopped = await scene.RunAsync();
            scene.Goes = (_, _) => Mishap.None;

            stopped.Code.ShouldNotBe(0, calls[place].Line);
            stopped.Error.ShouldContain("What is done stays: mend what is said above, then run again: infra/deploy");
            var next = await scene.RunAsync();
            next.Code.ShouldBe(0, $"after {calls[place].Line}: {next.Error}");
            scene.Azure.State.ShouldBe(uncut, calls[place].Line);
        }
    }

    [Fact]
    public async Task Without_its_rights_nothing_is_changed_and_what_is_missing_is_said()
    {
        await using var scene = await DeployScene.SetAsync("prod");
        // Contributor, and Role Based Access Control Administrator.
        scene.Azure.Permissions =
        [
            (["*"], [
                "Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write", "Microsoft.Authorization/elevateAccess/Action",
            ]),
            (["Microsoft.Authorization/roleAssignments/write", "Microsoft.Authorization/roleAssignments/delete", "*/read"], []),
        ];

        await IsAsync("rights-missing", await scene.TranscriptAsync());

        scene.Azure.ResourceGroup.ShouldBeNull();
        scene.Calls.ShouldNotContain(c => Changes(c));
    }

    [Fact]
    public async Task A_rollback_publishes_the_package_of_before_and_builds_nothing()
    {
        await using var scene = await PreparedAsync("prod");
        (await scene.RunAsync()).Code.ShouldBe(0);
        var settings = scene.Azure.State.Replace(scene.Commit, "");
        var former = new string('5', 40);
        (await scene.ScriptAsync("fetch-package", former)).Code.ShouldBe(0);

        var published = await scene.TranscriptAsync("--only", "publish", "--package", $".tools/releases/{former}.zip");
        var proved = await scene.TranscriptAsync("--only", "smoke");

        await IsAsync("rollback", $"{published}\n{proved}");
        scene.Azure.Published.ShouldBe($"{former}.zip");
        scene.Azure.State.Replace(former, "").ShouldBe(settings);
    }

    private static async Task<(string State, List<ProgramCall> Calls)> UncutAsync(string stage)
    {
        await using var scene = await PreparedAsync(stage);
        var said = await scene.RunAsync();
        said.Code.ShouldBe(0, said.Error);
        scene.Azure.Answers.ShouldBeTrue();
        scene.Azure.InstancesAreThoseOfTheClock.ShouldBe(stage == "prod");
        return (scene.Azure.State, [.. scene.Calls]);
    }

    /// <summary>Prod, with its retention locked, is provisioned once before its seal certificate can be imported.</summary>
    private static async Task<DeployScene> PreparedAsync(string stage)
    {
        var scene = await DeployScene.SetAsync(stage);
        if (stage == "prod")
        {
            scene.Azure.LocksRetention = true;
            scene.Azure.Certificates["seal"] = "the organisation's";
        }

        return scene;
    }

    private static bool Changes(ProgramCall call) => call.Program == "az"
        && call.Words.Intersect(["create", "set", "lock", "post", "config-zip"]).Any();

    private static async Task IsAsync(string name, string transcript)
    {
        var file = Path.Combine(Repository.Root, "docs", "deployments", $"{name}.txt");
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, transcript, TestContext.Current.CancellationToken);
        }

        var kept = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        kept.ShouldBe(
            transcript, $"docs/deployments/{name}.txt is not what infra/deploy prints. Run this test with {Rewrite}=1 to write it again.");
    }
}
