using System.Text.Json.Nodes;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>Where the script, the template and the stand-in for Azure meet.</summary>
public sealed class DeployContractTests(Template template) : IClassFixture<Template>
{
    [Fact]
    public void The_stand_in_gives_the_outputs_of_the_template() =>
        new AzureStandIn("dev").Outputs.Select(o => o.Key)
            .ShouldBe(template.Main["outputs"]!.AsObject().Select(o => o.Key), ignoreOrder: true);

    [Theory]
    [InlineData("dev")]
    [InlineData("test")]
    [InlineData("prod")]
    [InlineData("azd")]
    public async Task What_the_script_finds_reaches_the_template(string stage)
    {
        var none = (await StageParameters.OfAsync(stage)).Values;
        var some = (await StageParameters.OfAsync(stage, new StageFound("sheets,papers", "2026-11-01", "/rule"))).Values;

        none["budget"]!["value"]!["from"]!.GetValue<string>().ShouldBeEmpty("the template then takes the present month");
        none["lockedContainers"]!["value"]!.GetValue<string>().ShouldBeEmpty();
        none["existingRuleId"]!["value"]!.GetValue<string>().ShouldBeEmpty();
        some["budget"]!["value"]!["from"]!.GetValue<string>().ShouldBe("2026-11-01");
        some["lockedContainers"]!["value"]!.GetValue<string>().ShouldBe("sheets,papers");
        some["existingRuleId"]!["value"]!.GetValue<string>().ShouldBe("/rule");
    }

    [Fact]
    public void The_timetable_that_the_script_runs_is_the_template_s()
    {
        var triggers = template.OfType("Microsoft.Logic/workflows").Single().Properties["definition"]!["triggers"]!.AsObject();

        triggers.ShouldHaveSingleItem().Key.ShouldBe("WorkingDays");
        File.ReadAllText(Tool.Infra("parts/provision.sh")).ShouldContain("/triggers/WorkingDays/run?");
    }

    [Fact]
    public void A_new_budget_begins_in_the_month_of_its_deployment()
    {
        template.Main["resources"]!["spending"]!["properties"]!["parameters"]!["from"]!.GetValue<string>().ShouldBe(
            "[if(empty(parameters('budget').from), createObject('value', parameters('thisMonth')), createObject('value', "
                + "parameters('budget').from))]");
        template.Main["parameters"]!["thisMonth"]!["defaultValue"]!.GetValue<string>().ShouldBe("[utcNow('yyyy-MM-01')]");
    }

    [Fact]
    public void The_rights_that_are_checked_and_given_are_those_that_the_template_needs()
    {
        var check = File.ReadAllText(Tool.Infra("parts/check.sh"));
        var given = JsonNode.Parse(File.ReadAllText(Tool.Infra("deployer-role.json")))!["Actions"]!.AsArray()
            .Select(a => a!.GetValue<string>()).ToList();
        // Contributor has all but what is Microsoft.Authorization's.
        var needed = template.Resources.Select(r => r.Type).Where(t => t.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal))
            .Distinct().ToList();

        needed.ShouldNotBeEmpty();
        foreach (var type in needed)
        {
            check.ShouldContain($"{type}/write");
            given.ShouldContain($"{type}/*");
        }
    }

    [Fact]
    public void What_the_script_says_to_read_is_there()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var said = Directory.GetFiles(Tool.Infra("parts")).Select(File.ReadAllText)
            .SelectMany(text => System.Text.RegularExpressions.Regex.Matches(text, """docs/operations\.md, \\?"(?<title>[^"\\]+)"""))
            .Select(m => m.Groups["title"].Value)
            .Distinct().ToList();

        said.Count.ShouldBeGreaterThan(3);
        said.ShouldAllBe(title => manual.Contains($"# {title}\n", StringComparison.Ordinal));
    }
}
