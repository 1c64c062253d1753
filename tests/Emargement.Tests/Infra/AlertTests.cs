using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra;

/// <summary>Alerts read what the code writes, one for each thing that must wake somebody, and the manual says what to do.</summary>
public sealed partial class AlertTests : IAsyncLifetime
{
    /// <summary>
    /// Columns that Azure gives the tables: learn.microsoft.com/azure/azure-monitor/reference/tables/appmetrics, apprequests and apptraces.
    /// </summary>
    private static readonly Dictionary<string, string> Columns = new()
    {
        ["TimeGenerated"] = "datetime",
        ["Name"] = "string",
        ["Properties"] = "dynamic",
        ["Sum"] = "real",
        ["ItemCount"] = "int",
        ["Url"] = "string",
        ["ResultCode"] = "string",
        ["Success"] = "bool",
        ["DurationMs"] = "real",
        ["Message"] = "string",
    };

    private Dictionary<string, JsonNode> _rules = [];

    public async ValueTask InitializeAsync() =>
        _rules = (await Stage.OfAsync("prod")).OfType("Microsoft.Insights/scheduledQueryRules").Select(r => r["properties"]!)
            .ToDictionary(p => p["displayName"]!.GetValue<string>());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public void Every_alert_reads_what_the_code_writes()
    {
        foreach (var query in _rules.Values.Select(QueryOf))
        {
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
    [InlineData("timer-silent", "emargement.timer.age", "Properties.timer")]
    [InlineData("error-rate", "emargement.function.duration", "fault")]
    [InlineData("latency", "percentilew", "emargement.function")]
    [InlineData("mail-refused", "emargement.mails", "Refused")]
    public void What_must_wake_somebody_does(string name, string reads, string also)
    {
        var query = QueryOf(_rules[name]);

        query.ShouldContain(reads);
        query.ShouldContain(also);
    }

    [Fact]
    public void No_alert_needs_a_table_that_comes_to_be_with_the_app_s_first_row()
    {
        foreach (var (name, rule) in _rules)
        {
            var query = QueryOf(rule);

            rule["skipQueryValidation"]!.GetValue<bool>().ShouldBeTrue(name);
            // Beside each table an empty one: without any that exists, a query fails whatever "isfuzzy" says.
            Table().Count(query).ShouldBe(FuzzyTable().Count(query), query);
            Table().Count(query).ShouldBeGreaterThan(0, query);
            var declared = Column().Matches(query).Select(m => (Name: m.Groups["name"].Value, Type: m.Groups["type"].Value))
                .Distinct().ToList();
            declared.ShouldAllBe(c => Columns[c.Name] == c.Type);
            var asked = Text().Replace(EmptyTable().Replace(query, ""), "");
            Columns.Keys.Where(column => Regex.IsMatch(asked, $@"\b{column}\b")).Except(declared.Select(c => c.Name)).ShouldBeEmpty(query);
        }
    }

    [Fact]
    public void A_timer_is_silent_when_two_of_its_turns_are_over_and_every_timer_counts()
    {
        var query = QueryOf(_rules["timer-silent"]);
        var limit = TimeSpan.FromSeconds(int.Parse(Regex.Match(query, @"Sum > (\d+)").Groups[1].Value));

        int.Parse(Regex.Match(query, @"Timers < (\d+)").Groups[1].Value).ShouldBe(Pulse.Timers.Count);
        TimerFunctions.All.Select(timer => timer.LongestPause * 2).ShouldAllBe(pauses => pauses <= limit);
    }

    [Fact]
    public void No_alert_reads_rows_that_the_host_writes_in_its_older_mode() =>
        _rules.Values.Select(QueryOf)
            .Where(query => query.Contains("prop__", StringComparison.Ordinal) || query.Contains("Host.Triggers", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [Fact]
    public void Operations_md_says_what_to_do_for_every_alert()
    {
        var manual = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));

        _rules.Keys.ShouldAllBe(name => manual.Contains($"### {name}\n", StringComparison.Ordinal));
    }

    private static string QueryOf(JsonNode rule) => rule["criteria"]!["allOf"]![0]!["query"]!.GetValue<string>();

    [GeneratedRegex(@"\bApp(Metrics|Requests|Traces|Dependencies|Exceptions)\b")]
    private static partial Regex Table();

    [GeneratedRegex(@"union isfuzzy=true \(datatable\([^)]+\) \[\]\), App\w+")]
    private static partial Regex FuzzyTable();

    [GeneratedRegex(@"datatable\([^)]+\)")]
    private static partial Regex EmptyTable();

    [GeneratedRegex(@"(?<name>[A-Z]\w+): (?<type>[a-z]+)")]
    private static partial Regex Column();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Text();
}
