using System.Text.RegularExpressions;
using System.Xml;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Tests.House;
using Emargement.Tests.Signing;

namespace Emargement.Tests.Infra.Costs;

/// <summary>docs/costs.md is what its inputs give, and the inputs are what the code and the template do.</summary>
public sealed class CostsTests
{
    private const string Rewrite = "EMARGEMENT_WRITE_COSTS";

    private static readonly string Document = Path.Combine(Repository.Root, "docs", "costs.md");

    private static readonly string Prod = File.ReadAllText(Path.Combine(Repository.Root, "infra", "prod.bicepparam"));

    private static readonly CostInputs Inputs = CostInputs.Read();

    [Fact]
    public async Task The_document_is_the_one_that_the_inputs_give()
    {
        var made = CostsDocument.Write(Inputs);
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            await File.WriteAllTextAsync(Document, made, TestContext.Current.CancellationToken);
        }

        var kept = await File.ReadAllTextAsync(Document, TestContext.Current.CancellationToken);
        kept.ShouldBe(made, $"docs/costs.md is not what infra/costs/inputs.json gives. Run this test with {Rewrite}=1 to write it again.");
    }

    [Fact]
    public void Calls_to_the_storage_are_those_that_tests_hold_the_app_to() => Inputs.Calls.ShouldBe(new StorageCallsOf(
        StorageBudget.Open, StorageBudget.LiveView, StorageBudget.ShowScan, StorageBudget.SignWithDrawing,
        StorageBudget.SignWithoutDrawing, StorageBudget.Close,
        StorageBudget.SealTables, StorageBudget.SealBlobs, StorageBudget.ImportReads, StorageBudget.ImportBatch,
        StorageBudget.Export + StorageBudget.TellRegion));

    [Fact]
    public void Instances_and_tiers_are_those_of_production()
    {
        var ready = Regex.Match(Prod, @"alwaysReady = \{ http: (\d+), durable: (\d+) \}");
        var peaks = Regex.Matches(Prod, @"\{ from: '([\d:]+)', until: '([\d:]+)', instances: (\d+) \}");
        var archive = Regex.Match(Prod, @"archiveAfterDays = (\d+)");
        var template = File.ReadAllText(Path.Combine(Repository.Root, "infra", "main.bicep"));

        Inputs.Hosting.AlwaysReady.ShouldBe(int.Parse(ready.Groups[1].Value) + int.Parse(ready.Groups[2].Value));
        Inputs.Hosting.PeakInstances.ShouldBe(peaks.Max(p => int.Parse(p.Groups[3].Value)));
        Inputs.Hosting.PeakHoursADay.ShouldBe(
            peaks.Sum(p => (TimeOnly.Parse(p.Groups[2].Value) - TimeOnly.Parse(p.Groups[1].Value)).TotalHours));
        Inputs.Hosting.ArchiveAfterDays.ShouldBe(int.Parse(archive.Groups[1].Value));
        Inputs.Hosting.LogDays.ShouldBe(int.Parse(Regex.Match(Prod, @"logDays = (\d+)").Groups[1].Value));
        Inputs.Hosting.CoolAfterDays.ShouldBe(int.Parse(Regex.Match(template, @"coolAfterDays int = (\d+)").Groups[1].Value));
        Inputs.Hosting.InstanceGb.ShouldBe(int.Parse(Regex.Match(template, @"instanceMemoryMB int = (\d+)").Groups[1].Value) / 1024.0);
        Prod.ShouldContain("recordSku = 'Standard_GRS'", Case.Sensitive, "the prices are those of geo-redundant storage");
    }

    [Fact]
    public async Task Alert_rules_are_those_of_the_template_by_how_often_they_look()
    {
        var every = (await Stage.OfAsync("prod")).OfType("Microsoft.Insights/scheduledQueryRules")
            .Select(r => XmlConvert.ToTimeSpan(r["properties"]!["evaluationFrequency"]!.GetValue<string>())).ToList();

        // Those of less would cost more still, and have no price here.
        every.Min().ShouldBe(TimeSpan.FromMinutes(5));
        Inputs.Hosting.AlertRulesOfFiveMinutes.ShouldBe(every.Count(e => e == TimeSpan.FromMinutes(5)));
        Inputs.Hosting.AlertRules.ShouldBe(every.Count(e => e >= TimeSpan.FromMinutes(15)));
        (Inputs.Hosting.AlertRules + Inputs.Hosting.AlertRulesOfFiveMinutes).ShouldBe(every.Count);
    }

    [Fact]
    public void Traces_and_mails_are_those_that_the_code_lets_through()
    {
        Inputs.Hosting.TracesASecond.ShouldBe(TelemetryServices.TracesPerSecond);
        Inputs.Hosting.MailsAnHour.ShouldBe(new MailOptions { Sender = "emargement@emargement.example" }.Limits.PerHour);
        Inputs.Hosting.MailsAnHourOfAzure.ShouldBe(new MailOptions { Sender = "DoNotReply@11111111.azurecomm.net" }.Limits.PerHour);
    }

    [Fact]
    public void The_budget_of_production_holds_a_high_month()
    {
        var budget = int.Parse(Regex.Match(Prod, @"budget = \{ amount: (\d+)").Groups[1].Value);

        Inputs.Cases.Max(size => new CostModel(Inputs, size).Year(10).Sum(l => l.Amount) / 12).ShouldBeLessThan(budget);
    }

    [Fact]
    public void The_logs_of_a_high_day_fit_under_the_cap_of_production()
    {
        var cap = int.Parse(Regex.Match(Prod, @"logDailyCapGb = (\d+)").Groups[1].Value);

        Inputs.Cases.Max(size => new CostModel(Inputs, size).LogGb / Inputs.Shape.DaysAYear).ShouldBeLessThan(cap);
    }

    [Fact]
    public void Volumes_are_those_of_one_region()
    {
        var (usual, high) = (Inputs.Cases[0], Inputs.Cases[1]);

        // Two half-days for each learner of a day, over the year's days, are the signatures of a year.
        foreach (var size in Inputs.Cases)
        {
            (size.LearnersADay * Inputs.Shape.HalfDaysADay * Inputs.Shape.DaysAYear).ShouldBe(
                size.SignaturesAYear, size.SignaturesAYear * 0.05, size.Name);
            (size.LearnersADay / size.Groups).ShouldBeInRange(10, 15, "learners of a group");
        }

        (usual.Groups, usual.SignaturesAYear, usual.StatementsAMonth).ShouldBe((900, 5_000_000, 14_000));
        (high.Groups, high.SignaturesAYear, high.StatementsAMonth).ShouldBe((2_100, 11_000_000, 31_000));
    }
}
