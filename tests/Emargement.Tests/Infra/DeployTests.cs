using System.Text.RegularExpressions;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra;

/// <summary><c>infra/deploy</c> without Azure, and the workflows.</summary>
public sealed partial class DeployTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    public async Task A_dry_run_says_every_step_in_order_and_takes_none(string stage)
    {
        var said = await DeployAsync(stage, "--dry-run");

        said.Code.ShouldBe(0, said.Error);
        string[] steps =
        [
            "az group create", $"infra/{stage}.bicepparam", "az keyvault certificate create", "--name operator-key", "dotnet publish", "zip -qr",
            "az functionapp deployment source config-zip", "configreferences/appsettings/refresh", "curl --silent --show-error --fail", "/api/ready", "What to do next",
        ];
        var places = steps.Select(s => said.Out.IndexOf(s, StringComparison.Ordinal)).ToList();
        places.ShouldAllBe(p => p >= 0);
        places.ShouldBeInOrder();
    }

    [Fact]
    public async Task The_journeys_travel_everywhere_but_in_production_unless_asked()
    {
        (await DeployAsync("test", "--dry-run")).Out.ShouldContain("dotnet test --project tests/Emargement.Journeys");
        (await DeployAsync("prod", "--dry-run")).Out.ShouldNotContain("dotnet test");
        (await DeployAsync("prod", "--dry-run", "--journeys")).Out.ShouldContain("dotnet test --project tests/Emargement.Journeys");
    }

    [Fact]
    public async Task The_retention_is_locked_only_when_asked()
    {
        (await DeployAsync("prod", "--dry-run")).Out.ShouldNotContain("immutability-policy lock");

        var asked = await Tool.RunAsync("bash", [Tool.Infra("deploy"), "prod", "--dry-run"], new() { ["AzureCommunicationEmail"] = null, ["EMARGEMENT_LOCK_IMMUTABILITY"] = "true" });
        LockedContainer().Matches(asked.Out).Select(m => m.Groups["name"].Value).ShouldBe(["sheets", "evidence", "exports"]);
    }

    [Fact]
    public async Task A_build_without_the_mail_client_is_refused()
    {
        var said = await Tool.RunAsync("bash", [Tool.Infra("deploy"), "dev", "--dry-run"], new() { ["AzureCommunicationEmail"] = "declared" });

        said.Code.ShouldBe(1);
        said.Error.ShouldContain("AzureCommunicationEmail=declared cannot be deployed");
        said.Out.ShouldNotContain("az ");
    }

    [Theory]
    [InlineData("", "Name the stage")]
    [InlineData("staging", "'staging' is not known")]
    [InlineData("dev --only all", "--only takes")]
    [InlineData("dev --group", "--group wants a value")]
    public async Task A_wrong_call_is_told_what_is_wrong(string arguments, string sentence)
    {
        var said = await DeployAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        said.Code.ShouldBe(1);
        said.Error.ShouldContain(sentence);
    }

    [Fact]
    public async Task A_rollback_publishes_the_package_it_is_given_and_builds_nothing()
    {
        var said = await DeployAsync("prod", "--only", "publish", "--package", "/packages/1a2b3c4.zip", "--dry-run");

        said.Out.ShouldContain("--src /packages/1a2b3c4.zip");
        said.Out.ShouldNotContain("dotnet publish");
        said.Out.ShouldNotContain("az group create");
    }

    [Fact]
    public void Workflows_use_actions_by_commit_only_and_keep_no_secret()
    {
        var workflows = Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows"), "*.yml").Select(File.ReadAllText).ToList();

        workflows.Count.ShouldBe(2);
        workflows.SelectMany(w => UsedAction().Matches(w).Select(m => m.Groups["action"].Value)).ShouldAllBe(a => PinnedAction().IsMatch(a));
        workflows.ShouldAllBe(w => !w.Contains("secrets.", StringComparison.Ordinal));
    }

    private static Task<Said> DeployAsync(params string[] arguments) =>
        Tool.RunAsync("bash", [Tool.Infra("deploy"), .. arguments], new() { ["AzureCommunicationEmail"] = null, ["EMARGEMENT_LOCK_IMMUTABILITY"] = null });

    [GeneratedRegex(@"uses: (?<action>.+)")]
    private static partial Regex UsedAction();

    [GeneratedRegex(@"^[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")]
    private static partial Regex PinnedAction();

    [GeneratedRegex(@"immutability-policy lock --account-name \S+ --container-name (?<name>\w+)")]
    private static partial Regex LockedContainer();
}
