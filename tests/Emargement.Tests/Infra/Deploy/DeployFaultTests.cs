namespace Emargement.Tests.Infra.Deploy;

/// <summary>What can go wrong while <c>infra/deploy</c> changes things, each with what it does and says.</summary>
public sealed class DeployFaultTests
{
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
            new Dictionary<string, string>
            {
                ["sheets"] = "Locked",
                ["evidence"] = "Unlocked",
                ["papers"] = "Unlocked",
                ["exports"] = "Unlocked",
            });
        scene.Goes = (_, _) => Mishap.None;

        var said = await scene.RunAsync("--only", "provision");

        said.Code.ShouldBe(0, said.Error);
        scene.Azure.Policies.Values.ShouldAllBe(state => state == "Locked");
        said.Out.ShouldContain("The retention of sheets is locked.");
        said.Out.ShouldContain("EMARGEMENT_LOCKED_CONTAINERS=sheets ");
    }

    [Fact]
    public async Task A_container_that_came_after_the_lock_gets_its_own_retention_and_is_locked_too()
    {
        await using var scene = await DeployScene.SetAsync("prod");
        scene.Azure.LocksRetention = true;
        (await scene.RunAsync("--only", "provision")).Code.ShouldBe(0);
        scene.Azure.Policies.Remove("papers");

        var said = await scene.RunAsync("--only", "provision");

        said.Code.ShouldBe(0, said.Error);
        said.Out.ShouldContain("EMARGEMENT_LOCKED_CONTAINERS=sheets,evidence,exports ");
        scene.Azure.Policies["papers"].ShouldBe("Locked");
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
}
