using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Emargement.Functions;
using Emargement.Tests.House;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.Infra;

/// <summary>What Azure keeps of the telemetry: rows without addresses, and a page that shows figures that exist.</summary>
public sealed partial class TelemetryTests(Template template) : IClassFixture<Template>, IAsyncLifetime
{
    /// <summary>
    /// Of the functions that a transformation knows, those that these may use:
    /// learn.microsoft.com/azure/azure-monitor/data-collection/data-collection-transformations-kql. That list has no <c>not()</c>,
    /// <c>coalesce()</c>, <c>replace_regex()</c> and no operator over several rows.
    /// </summary>
    private static readonly string[] KnownFunctions =
    [
        "tostring", "toint", "parse_json", "case", "iif", "extract", "indexof", "isempty", "isnotempty", "strcat", "strlen", "substring",
        "tolower",
    ];

    private static readonly string[] KnownOperators = ["extend", "project", "project-away", "project-rename", "where", "parse"];

    private static readonly string[] KnownComparisons = ["contains", "has", "startswith", "endswith", "and", "or"];

    private JsonObject Monitoring => template.Main["resources"]!["monitoring"]!["properties"]!["template"]!.AsObject();

    private IReadOnlyList<(string Table, string Kql)> Transformations { get; set; } = [];

    public async ValueTask InitializeAsync() => Transformations =
    [
        .. (await Stage.OfAsync("prod")).PropertiesOf("Microsoft.Insights/dataCollectionRules")["dataFlows"]!.AsArray()
            .Select(f => (f!["streams"]![0]!.GetValue<string>()["Microsoft-Table-".Length..], f["transformKql"]!.GetValue<string>())),
    ];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Every_row_passes_a_rule_before_it_is_kept()
    {
        var rule = template.OfType("Microsoft.Insights/dataCollectionRules").Single();
        rule.Json["kind"]!.GetValue<string>().ShouldBe("WorkspaceTransforms");
        rule.Properties["copy"]!.ToJsonString().ShouldContain("Microsoft-Table-{0}");

        // The workspace that Application Insights writes to is the one that names the rule.
        Monitoring["resources"]!["transformed"]!["properties"]!["parameters"]!["ruleId"]!["value"]!.GetValue<string>()
            .ShouldContain("'Microsoft.Insights/dataCollectionRules'");
        template.OfType("Microsoft.Insights/components").Single().Properties["WorkspaceResourceId"]!.GetValue<string>()
            .ShouldContain("'transformed'");
        template.OfType("Microsoft.OperationalInsights/workspaces").ShouldAllBe(
            w => w.Properties.ContainsKey("defaultDataCollectionRuleResourceId"));
    }

    [Theory]
    [InlineData("AppRequests", "Url = extract(", "Name = iif(", "OperationName = iif(")]
    [InlineData("AppDependencies", "Data = extract(", "Name = extract(", "OperationName = extract(")]
    [InlineData("AppTraces", "Message = iif(", "OperationName = extract(")]
    [InlineData(
        "AppExceptions", "OuterMessage = OuterType", "InnermostMessage = InnermostType", "Message = ExceptionType", "project-away Details")]
    public void Columns_that_may_hold_an_address_or_a_message_are_cut(string table, params string[] cuts)
    {
        var kql = Transformations.Single(t => t.Table == table).Kql;

        cuts.ShouldAllBe(cut => kql.Contains(cut, StringComparison.Ordinal));
    }

    [Fact]
    public void Transformations_use_the_part_of_the_language_that_they_know()
    {
        foreach (var (table, kql) in Transformations)
        {
            var code = Text().Replace(kql, "0");

            CalledFunction().Matches(code).Select(m => m.Groups["name"].Value).Distinct().Except(KnownFunctions).ShouldBeEmpty(table);
            TabularOperator().Matches(code).Select(m => m.Groups["name"].Value).Distinct().Except(KnownOperators).ShouldBeEmpty(table);
            Word().Matches(code).Select(m => m.Value).Distinct().Except(KnownComparisons).ShouldBeEmpty(table);
        }
    }

    [Theory]
    [InlineData("https://emargement.example/t/AAAAAAAAAAAAAAAAAAAAAA?lang=de", "https://emargement.example")]
    [InlineData("https://x.azurewebsites.net/api/tutor/AAAA", "https://x.azurewebsites.net")]
    [InlineData("://", "")]
    public void An_address_is_cut_after_its_host(string url, string kept) =>
        Regex.Match(url, Cut("Url", "AppRequests")).Value.ShouldBe(kept);

    [Theory]
    [InlineData("GET /t/AAAAAAAAAAAAAAAAAAAAAA", "GET ")]
    [InlineData("GET", "GET")]
    [InlineData("orchestration:SealSheet", "orchestration:SealSheet")]
    [InlineData("TableClient.AddEntity", "TableClient.AddEntity")]
    public void A_name_is_cut_before_its_address(string name, string kept) =>
        Regex.Match(name, Cut("Name", "AppDependencies")).Value.ShouldBe(kept);

    [Fact]
    public void Lines_of_the_host_are_left_out_when_they_hold_an_address_with_a_secret()
    {
        var parts = Monitoring["variables"]!["beforeSecrets"]!.AsArray().Select(p => p!.GetValue<string>()).ToList();
        var secret = typeof(EmargementApp).Assembly.GetTypes().SelectMany(t => t.GetMethods())
            .SelectMany(m => m.GetParameters()).Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()?.Route).OfType<string>()
            .Where(route => SecretParameter().IsMatch(route)).Select(route => "/" + route).ToList();

        secret.Count.ShouldBeGreaterThan(8);
        secret.Where(
            route => !parts.Exists(
                part => route.IndexOf(part, StringComparison.Ordinal) is var at && at >= 0 && at < route.LastIndexOf('{'))).ShouldBeEmpty();
    }

    [Fact]
    public void Host_json_lets_the_host_speak_OpenTelemetry_and_orchestrations_carry_their_trace_without_their_inputs()
    {
        var host = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "host.json")))!;
        var tracing = host["extensions"]!["durableTask"]!["tracing"]!;

        host["telemetryMode"]!.GetValue<string>().ShouldBe("OpenTelemetry");
        tracing["distributedTracingEnabled"]!.GetValue<bool>().ShouldBeTrue();
        tracing["version"]!.GetValue<string>().ShouldBe("V2");
        tracing["traceInputsAndOutputs"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public void The_workbook_asks_for_figures_that_the_code_sends_and_shows_every_one()
    {
        var book = template.OfType("Microsoft.Insights/workbooks").Single();
        book.Properties["serializedData"]!.GetValue<string>().ShouldContain("'{workspace}', parameters('workspaceId')");
        var items = JsonNode.Parse(File.ReadAllText(Tool.Infra("workbook.json")))!["items"]!.AsArray();
        var queries = items.Where(i => i!["type"]!.GetValue<int>() == 3).Select(i => i!["content"]!["query"]!.GetValue<string>()).ToList();

        queries.Count.ShouldBeGreaterThan(10);
        foreach (var query in queries)
        {
            WhatIsSent.Unknown(query).ShouldBeEmpty(query);
            WhatIsSent.Count(query).ShouldBeGreaterThan(0, query);
        }

        WhatIsSent.Metrics.Where(metric => !queries.Exists(q => q.Contains($"\"{metric}\"", StringComparison.Ordinal))).ShouldBeEmpty();
        items.Select(i => i!["name"]!.GetValue<string>()).ShouldBeUnique();
    }

    // The expression that the template extracts with, as Kusto and .NET both read it.
    private string Cut(string column, string table)
    {
        var kql = Transformations.Single(t => t.Table == table).Kql;
        return Regex.Match(kql, $@"\b{column} = extract\(@?""(?<pattern>[^""]+)"", 0, {column}\)").Groups["pattern"].Value;
    }

    [GeneratedRegex("@?\"[^\"]*\"")]
    private static partial Regex Text();

    [GeneratedRegex(@"(?<name>\w+)\(")]
    private static partial Regex CalledFunction();

    [GeneratedRegex(@"\| (?<name>[\w-]+)")]
    private static partial Regex TabularOperator();

    // What stands between two values in lower case: columns begin with a capital.
    [GeneratedRegex(@"(?<=[\w)\]] )[a-z]+(?= [\w(])(?! \|)")]
    private static partial Regex Word();

    [GeneratedRegex(@"\{(secret|code|learner|account)[^}]*\}")]
    private static partial Regex SecretParameter();
}
