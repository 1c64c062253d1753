namespace Emargement.Tests.Infra.Deploy;

/// <summary>The same parts as <c>azd</c> calls them.</summary>
public sealed class AzdTests
{
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
            ["EMARGEMENT_LOCKED_CONTAINERS"] = "",
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
}
