using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra;

/// <summary>Alerts read what the code writes, one for each thing that must wake somebody, and the manual says what to do.</summary>
public sealed partial class AlertTests(Template template) : IClassFixture<Template>
{
    private JsonObject Variables => template.Main["resources"]!["alerts"]!["properties"]!["template"]!["variables"]!.AsObject();

    private JsonArray Rules => Variables["rules"]!.AsArray();

    [Fact]
    public void Every_alert_reads_what_the_code_writes()
    {
        foreach (var rule in Rules)
        {
            var query = QueryOf(rule!);
            WhatIsSent.Unknown(query).ShouldBeEmpty(query);
            WhatIsSent.Count(query).ShouldBeGreaterThan(0, query);
        }
    }

    [Theory]
    [InlineData("seal-failed", "emargement.orchestrations.failed", "SealSheet")]
    [InlineData("orchestration-failed", "emargement.orchestrations.failed", "orchestration:")]
    [InlineData("import-missing", "emargement.import.late", "")]
    [InlineData("export-missing", "emargement.export.late", "")]
    [InlineData("app-silent", "emargement.function.duration", "SweepSheets")]
    [InlineData("error-rate", "emargement.function.duration", "fault")]
    [InlineData("latency", "percentilew", "emargement.function")]
    [InlineData("mail-refused", "emargement.mails", "Refused")]
    public void What_must_wake_somebody_does(string name, string reads, string also)
    {
        var query = QueryOf(Rules.Single(r => r!["name"]!.GetValue<string>() == name)!);

        query.ShouldContain(reads);
        query.ShouldContain(also);
    }

    [Fact]
    public void No_alert_reads_rows_that_the_host_writes_in_its_older_mode() =>
        Rules.Select(r => QueryOf(r!)).ShouldAllBe(query => !query.Contains("prop__", StringComparison.Ordinal) && !query.Contains("Host.Triggers", StringComparison.Ordinal));

    [Fact]
    public void Operations_md_says_what_to_do_for_every_alert()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

        Rules.Select(r => r!["name"]!.GetValue<string>()).ShouldAllBe(name => manual.Contains($"### {name}\n", StringComparison.Ordinal));
    }

    private string QueryOf(JsonNode rule)
    {
        var query = rule["query"]!.GetValue<string>();
        return Variable().Match(query) is { Success: true } named ? Variables[named.Groups["name"].Value]!.GetValue<string>() : query;
    }

    [GeneratedRegex(@"^\[variables\('(?<name>\w+)'\)\]$")]
    private static partial Regex Variable();
}
