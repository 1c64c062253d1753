using System.Text.RegularExpressions;

namespace Emargement.Tests.Infra.Deploy;

/// <summary><c>infra/deploy --dry-run</c>, and calls that are wrong.</summary>
public sealed partial class DryRunTests
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
            "Microsoft.Authorization/permissions", "dotnet publish", "zip -qr", "az group create", $"infra/{stage}.bicepparam",
            "az keyvault certificate create",
            "--name operator-key", "--template-file infra/settings.bicep", "configreferences/appsettings/refresh",
            "az functionapp deployment source config-zip",
            "curl https://APP.azurewebsites.net/api/ready", "What to do next",
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

        var asked = await Tool.RunAsync(
            "bash",
            [Tool.Infra("deploy"), "prod", "--dry-run"],
            new() { ["AzureCommunicationEmail"] = null, ["EMARGEMENT_LOCK_IMMUTABILITY"] = "true" });
        LockedContainer().Matches(asked.Out).Select(m => m.Groups["name"].Value).ShouldBe(["sheets", "evidence", "papers", "exports"]);
    }

    [Fact]
    public async Task A_build_without_the_mail_client_is_refused()
    {
        var said = await Tool.RunAsync(
            "bash", [Tool.Infra("deploy"), "dev", "--dry-run"], new() { ["AzureCommunicationEmail"] = "declared" });

        said.Code.ShouldBe(1);
        said.Error.ShouldContain("AzureCommunicationEmail=declared cannot be deployed");
        said.Out.ShouldNotContain("az ");
    }

    [Theory]
    [InlineData("", "Name the stage")]
    [InlineData("staging", "'staging' is not known")]
    [InlineData("dev --only all", "--only takes")]
    [InlineData("dev --group", "--group wants a value")]
    [InlineData("dev --package nowhere.zip", "There is no package at nowhere.zip")]
    public async Task A_wrong_call_is_told_what_is_wrong(string arguments, string sentence)
    {
        var said = await DeployAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        said.Code.ShouldBe(1);
        said.Error.ShouldContain(sentence);
    }

    private static Task<Said> DeployAsync(params string[] arguments) =>
        Tool.RunAsync(
            "bash",
            [Tool.Infra("deploy"), .. arguments],
            new() { ["AzureCommunicationEmail"] = null, ["EMARGEMENT_LOCK_IMMUTABILITY"] = null });

    [GeneratedRegex(@"immutability-policy lock .*--container-name (?<name>\w+)")]
    private static partial Regex LockedContainer();
}
