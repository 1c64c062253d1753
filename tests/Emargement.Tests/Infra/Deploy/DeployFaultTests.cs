using System.Text.Json.Nodes;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>What can be wrong when <c>infra/deploy</c> runs, each with what it does and says.</summary>
public sealed class DeployFaultTests
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
    public async Task A_vault_behind_a_network_is_not_waited_for()
    {
        await using var scene = await DeployScene.SetAsync();
        (await scene.RunAsync("--only", "provision")).Code.ShouldBe(0);
        scene.Azure.VaultIsOpen = false;

        var said = await scene.RunAsync("--only", "keys");

        said.Code.ShouldBe(1);
        said.Error.ShouldContain("Run this part from inside the network");
        scene.Waited.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(9, true)]
    [InlineData(11, false)]
    public async Task A_new_right_on_the_vault_is_waited_for_ten_minutes_and_aloud(int minutes, bool arrives)
    {
        await using var scene = await DeployScene.SetAsync();
        (await scene.RunAsync("--only", "provision")).Code.ShouldBe(0);
        scene.Azure.Spread = TimeSpan.FromMinutes(minutes);

        var said = await scene.RunAsync("--only", "keys");

        said.Code.ShouldBe(arrives ? 0 : 1);
        said.Error.ShouldContain("The vault does not know your right yet; asking again in 15 seconds (1 of 40).");
        scene.Waited.ShouldBe(TimeSpan.FromMinutes(Math.Min(minutes, 10)));
        scene.Azure.Secrets.ContainsKey("operator-key").ShouldBe(arrives);
        if (!arrives)
        {
            said.Error.ShouldContain("EMARGEMENT_OPERATOR_PRINCIPAL_ID gives the right");
        }
    }

    [Theory]
    [InlineData("keyvault certificate list")]
    [InlineData("keyvault secret list")]
    public async Task A_question_that_fails_never_makes_a_second_key(string question)
    {
        await using var scene = await DeployScene.SetAsync();
        (await scene.RunAsync()).Code.ShouldBe(0);
        var state = scene.Azure.State;
        scene.Goes = (call, _) => call.Begins(question) ? Mishap.Failed : Mishap.None;

        var said = await scene.RunAsync("--only", "keys");

        said.Code.ShouldBe(1);
        said.Error.ShouldContain("ServiceUnavailable");
        scene.Calls.ShouldNotContain(c => c.Begins("keyvault certificate create") || c.Begins("keyvault secret set"));
        scene.Azure.State.ShouldBe(state);
    }

    [Fact]
    public async Task A_key_that_could_not_be_drawn_is_not_kept()
    {
        await using var scene = await DeployScene.SetAsync();
        scene.Break("openssl");

        (await scene.RunAsync()).Code.ShouldBe(1);

        scene.Azure.Secrets.ShouldBeEmpty();
    }

    [Fact]
    public async Task Production_is_sealed_with_the_organisation_s_certificate_alone()
    {
        await using var scene = await DeployScene.SetAsync("prod");

        var said = await scene.RunAsync();

        said.Code.ShouldBe(1);
        said.Error.ShouldContain("az keyvault certificate import --vault-name kv-prod --name seal");
        scene.Azure.Certificates.Keys.ShouldBe(["protection"]);
        scene.Azure.Published.ShouldBeNull();
    }

    [Fact]
    public async Task Each_container_is_asked_and_locked_though_a_run_was_cut_among_them()
    {
        await using var scene = await DeployScene.SetAsync("prod");
        scene.Azure.LocksRetention = true;
        scene.Goes = (call, _) => call.Line.Contains("lock", StringComparison.Ordinal) && call.Option("--container-name") == "evidence"
            && call.Words.Contains("lock")
            ? Mishap.Failed
            : Mishap.None;
        (await scene.RunAsync("--only", "provision")).Code.ShouldBe(1);
        scene.Azure.Policies.ShouldBe(
            new Dictionary<string, string> { ["sheets"] = "Locked", ["evidence"] = "Unlocked", ["exports"] = "Unlocked" });
        scene.Goes = (_, _) => Mishap.None;

        var said = await scene.RunAsync("--only", "provision");

        said.Code.ShouldBe(0, said.Error);
        scene.Azure.Policies.Values.ShouldAllBe(state => state == "Locked");
        said.Out.ShouldContain("The retention of sheets is locked.");
        said.Out.ShouldContain("EMARGEMENT_IMMUTABILITY_IS_LOCKED=true");
    }

    [Fact]
    public async Task A_container_whose_retention_somebody_took_away_is_named()
    {
        await using var scene = await DeployScene.SetAsync("prod");
        scene.Azure.LocksRetention = true;
        (await scene.RunAsync("--only", "provision")).Code.ShouldBe(0);
        scene.Azure.Policies["exports"] = "";

        var said = await scene.RunAsync("--only", "provision");

        said.Code.ShouldBe(1);
        said.Error.ShouldContain("The container exports has no retention to lock");
    }

    [Fact]
    public async Task The_budget_begins_this_month_and_keeps_its_beginning()
    {
        await using var former = await DeployScene.SetAsync();
        (await former.RunAsync("--only", "provision")).Code.ShouldBe(0);
        former.Azure.Today = "2027-01-01";
        var said = await former.RunAsync("--only", "provision");
        said.Code.ShouldBe(0, said.Error);
        former.Azure.BudgetFrom.ShouldBe("2026-11-01");

        await using var later = await DeployScene.SetAsync();
        later.Azure.Today = "2027-01-01";
        (await later.RunAsync("--only", "provision")).Code.ShouldBe(0);
        later.Azure.BudgetFrom.ShouldBe("2027-01-01");
    }

    [Fact]
    public async Task Nothing_is_published_before_the_app_reads_its_secrets()
    {
        await using var scene = await DeployScene.SetAsync();
        (await scene.RunAsync("--only", "provision")).Code.ShouldBe(0);
        (await scene.RunAsync("--only", "keys")).Code.ShouldBe(0);
        scene.Azure.Secrets.Remove("operator-key");

        var said = await scene.RunAsync("--only", "settings");

        said.Code.ShouldBe(1);
        said.Error.ShouldContain("After ten minutes the app still cannot read: Access__OperatorKey (SecretNotFound).");
        said.Error.ShouldContain("infra/deploy dev --only keys");
        scene.Waited.ShouldBe(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task An_app_that_does_not_answer_is_asked_which_secret_it_cannot_read()
    {
        await using var scene = await DeployScene.SetAsync();
        (await scene.RunAsync()).Code.ShouldBe(0);

        scene.Azure.References["Seal__Certificate"] = "AccessToKeyVaultDenied";
        var unread = await scene.RunAsync("--only", "smoke");
        unread.Code.ShouldBe(1);
        unread.Error.ShouldContain(
            "cannot read: Seal__Certificate (AccessToKeyVaultDenied). infra/deploy dev --only keys, then --only settings.");

        scene.Azure.References["Seal__Certificate"] = "Resolved";
        scene.Goes = (call, _) => call.Program == "curl" ? Mishap.Failed : Mishap.None;
        (await scene.RunAsync("--only", "smoke")).Error.ShouldContain("though it reads all its secrets");
    }

    [Fact]
    public async Task Azure_s_own_address_is_tried_and_a_domain_that_is_not_bound_is_said()
    {
        await using var scene = await DeployScene.SetAsync();
        scene.Azure.PublicUrl = "https://emargement.organisme.fr";

        var before = await scene.RunAsync();
        before.Code.ShouldBe(0, before.Error);
        before.Out.ShouldContain("https://emargement.organisme.fr does not answer yet, Azure's own address does");
        before.Out.ShouldContain("EMARGEMENT_URL=https://emargement-dev-abc123.azurewebsites.net ");

        scene.Azure.DomainIsBound = true;
        (await scene.RunAsync("--only", "smoke")).Out.ShouldNotContain("does not answer yet");
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

    [Fact]
    public async Task Azd_provisions_between_the_checks_and_the_keys()
    {
        await using var scene = await DeployScene.SetAsync();
        scene.Set("AZURE_RESOURCE_GROUP", "rg-trial");

        (await scene.ScriptAsync("azd", "before")).Code.ShouldBe(0);
        scene.Azd["EMARGEMENT_BUDGET_FROM"].ShouldBeEmpty();
        // azd gives a deployment its own name, and so do modules.
        scene.Azure.Provision("trial-1764147600", "rg-trial");
        var after = await scene.ScriptAsync("azd", "after");

        after.Code.ShouldBe(0, after.Error);
        scene.Azure.References.Values.ShouldAllBe(state => state == "Resolved");
        // The second time, what exists is told to the parameters.
        (await scene.ScriptAsync("azd", "before")).Code.ShouldBe(0);
        scene.Azd.ShouldBe(new Dictionary<string, string>
        {
            ["EMARGEMENT_IMMUTABILITY_IS_LOCKED"] = "false",
            ["EMARGEMENT_BUDGET_FROM"] = "2026-11-01",
            ["EMARGEMENT_EXISTING_RULE_ID"] =
                "/subscriptions/0000/resourceGroups/rg-trial/providers/microsoft.insights/dataCollectionRules/dcr-log-emargement-dev",
        });
    }

    [Fact]
    public async Task Azd_stops_where_the_script_does()
    {
        await using var scene = await DeployScene.SetAsync();

        (await scene.ScriptAsync("azd", "before")).Error.ShouldContain("azd env set AZURE_RESOURCE_GROUP");
        scene.Set("AZURE_RESOURCE_GROUP", "rg-trial");
        scene.Goes = (call, _) => call.Begins("group list") ? Mishap.Failed : Mishap.None;
        (await scene.ScriptAsync("azd", "before")).Code.ShouldNotBe(0);
        (await scene.ScriptAsync("azd", "after")).Code.ShouldNotBe(0);
        scene.Azd.ShouldBeEmpty();
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
