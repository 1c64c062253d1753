using System.Text.Json.Nodes;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>What <c>infra/deploy</c> looks at before it changes anything, and what it says of what is missing.</summary>
public sealed class DeployCheckTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("operator@emargement.example")]
    [InlineData("you@example.org")]
    [InlineData("ada")]
    public async Task An_operator_whom_no_alert_would_reach_is_refused(string? address)
    {
        await using var scene = await DeployScene.SetAsync();
        scene.Set("EMARGEMENT_OPERATOR_EMAIL", address);

        var said = await scene.RunAsync();

        said.Code.ShouldBe(1);
        said.Error.ShouldContain("EMARGEMENT_OPERATOR_EMAIL");
        scene.Azure.ResourceGroup.ShouldBeNull();
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_told_to()
    {
        await using var scene = await DeployScene.SetAsync();
        scene.Goes = (call, _) => call.Begins("account show") ? Mishap.Failed : Mishap.None;

        (await scene.RunAsync()).Error.ShouldContain("Sign in first: az login.");
    }

    [Fact]
    public async Task A_checkout_with_changes_is_refused_unless_a_package_is_given()
    {
        await using var scene = await DeployScene.SetAsync();
        (await scene.RunAsync()).Code.ShouldBe(0);
        await File.WriteAllTextAsync(Path.Combine(scene.Checkout, "infra", "new.bicep"), "", TestContext.Current.CancellationToken);

        var refused = await scene.RunAsync();
        refused.Code.ShouldBe(1);
        refused.Error.ShouldContain("changes that no commit holds");
        refused.Error.ShouldContain("infra/new.bicep");
        (await scene.RunAsync("--only", "package")).Code.ShouldBe(1);
        (await scene.RunAsync("--package", $".tools/releases/{scene.Commit}.zip")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_package_is_that_of_the_commit_and_is_whole()
    {
        await using var scene = await DeployScene.SetAsync();
        (await scene.RunAsync("--only", "provision")).Code.ShouldBe(0);
        scene.Goes = (call, _) => call.Program == "zip" ? Mishap.Cut : Mishap.None;
        (await scene.RunAsync("--only", "package")).Code.ShouldNotBe(0);

        var said = await scene.RunAsync("--only", "publish");

        said.Code.ShouldBe(1);
        said.Error.ShouldContain("There is no package of this commit: infra/deploy dev --only package makes it.");
        scene.Azure.Published.ShouldBeNull();
    }

    [Fact]
    public async Task A_package_that_no_run_keeps_is_not_fetched()
    {
        await using var scene = await DeployScene.SetAsync();

        (await scene.ScriptAsync("fetch-package", new string('4', 40))).Error.ShouldContain("is kept any more");
        (await scene.ScriptAsync("fetch-package", "v1")).Error.ShouldContain("Name the whole commit");
        (await scene.ScriptAsync("fetch-package", new string('5', 40))).Code.ShouldBe(0);
        File.Exists(Path.Combine(scene.Checkout, ".tools", "releases", new string('5', 40) + ".zip")).ShouldBeTrue();
    }

    /// <summary>Rights of roles that Azure has, of this repository's, and of none.</summary>
    public static TheoryData<string, string, bool> Rights => new()
    {
        { "Owner", "prod", true },
        { "Contributor", "dev", false },
        { "Contributor, Role Based Access Control Administrator", "dev", true },
        { "Contributor, Role Based Access Control Administrator", "prod", false },
        { "Contributor, infra/deployer-role.json", "prod", true },
        { "infra/deployer-role.json", "prod", false },
        { "Reader", "dev", false },
    };

    [Theory]
    [MemberData(nameof(Rights))]
    public async Task Rights_are_looked_at_before_anything_is_changed(string roles, string stage, bool suffice)
    {
        await using var scene = await DeployScene.SetAsync(stage);
        scene.Azure.Permissions = [.. roles.Split(", ").Select(RightsOf)];

        var said = await scene.RunAsync("--only", "check");

        said.Code.ShouldBe(suffice ? 0 : 1, said.Error);
        if (!suffice)
        {
            said.Error.ShouldContain("may not do this here: Microsoft.");
            said.Error.ShouldContain("infra/deployer-role.json");
        }
    }

    [Fact]
    public async Task A_network_needs_a_registration_that_no_deployment_makes()
    {
        await using var scene = await DeployScene.SetAsync();
        scene.Set("EMARGEMENT_NETWORK_PREFIX", "10.60.2.0/24");

        var said = await scene.RunAsync();
        said.Code.ShouldBe(1);
        said.Error.ShouldContain("az provider register --namespace Microsoft.App --wait");
        scene.Azure.ResourceGroup.ShouldBeNull();

        scene.Azure.Registered.Add("Microsoft.App");
        (await scene.RunAsync()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_part_without_what_comes_before_it_says_which()
    {
        await using var scene = await DeployScene.SetAsync();

        (await scene.RunAsync("--only", "keys")).Error.ShouldContain(
            "There is no resource group emargement-dev yet: infra/deploy dev --only provision makes it.");
        scene.Azure.ResourceGroup = "emargement-dev";
        (await scene.RunAsync("--only", "keys")).Error.ShouldContain("Nothing is deployed in emargement-dev yet");
    }

    private static (string[] Actions, string[] Exceptions) RightsOf(string role) => role switch
    {
        "Owner" => (["*"], []),
        "Reader" => (["*/read"], []),
        "Contributor" => (["*"], [
            "Microsoft.Authorization/*/Delete", "Microsoft.Authorization/*/Write", "Microsoft.Authorization/elevateAccess/Action",
        ]),
        "Role Based Access Control Administrator" =>
            ([
                "Microsoft.Authorization/roleAssignments/write",
                "Microsoft.Authorization/roleAssignments/delete",
                "*/read",
                "Microsoft.Support/*",
            ], []),
        _ => ([
            .. JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, role)))!["Actions"]!.AsArray()
                .Select(a => a!.GetValue<string>()),
        ], []),
    };
}
