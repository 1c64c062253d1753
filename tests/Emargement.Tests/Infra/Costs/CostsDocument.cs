using System.Globalization;
using System.Text;

namespace Emargement.Tests.Infra.Costs;

/// <summary>docs/costs.md, computed from the inputs.</summary>
internal static class CostsDocument
{
    private static readonly int[] Years = [1, 6, 10];

    /// <summary>How each group is made smaller, and what that costs otherwise.</summary>
    private static readonly Dictionary<string, string> Advice = new()
    {
        ["instances kept ready"] =
            "`alwaysReady` and `peaks` in the parameters. Fewer of them are paid for by learners who wait for a cold start",
        ["logs and alerts"] =
            "fewer of the app's traces (`TracesPerSecond`), a shorter `logDays`, a higher log level of the host in `host.json`, "
            + "whose own spans nothing samples. Alerts read metrics and lines of the log",
        ["execution"] = "live views are most of it; a longer interval in `live.ts` makes fewer, and trainers see a signature later",
        ["data kept"] = "`archiveAfterDays` and the retention; the law and the funders set the second",
        ["network"] = "hashed files are cached for a year already; live views that change nothing are empty answers",
        ["storage operations"] = "the tests hold calls to their budget",
        ["mails"] = "personal links by mail are the method that the Région likes least",
        ["Durable Functions"] = "fewer hours with an instance that asks its queues",
    };

    private const string Head = """
        # What one Région costs

        Computed from `infra/costs/inputs.json`; a test computes it again and compares. To use other numbers,
        change the inputs and run the test `CostsTests` with `EMARGEMENT_WRITE_COSTS=1`.

        - **Volumes** are those of one Région, usual and high: half-days of 900 and 2,100 groups, 5 and 11 million signatures a year,
        14 and 31 thousand monthly statements. Organisations, weeks in companies and hours in which
          instances work are assumptions.
        - **Calls to the storage** are those that tests count and hold the app to (`StorageBudget`): a signature makes 1 or 2, a scan 3,
        a live view 1, opening 3, closing 5. Those of pages and of placements are estimates.
        - **Instances, tiers and retention** are those of `infra/prod.bicepparam`; a test compares.
        - **Unit prices are a reader's to check.** They are US dollars without tax,
        of the order of Azure's list prices for western Europe at the end of 2026, geo-redundant storage; none was looked up on a given day:
          compare each with Azure's price pages for your location and contract before you budget. Free grants are not deducted.

        Not in it: the seal's certificate and the timestamp authority, a private network and its endpoints, archives kept elsewhere,
        support, people.

        """;

    public static string Write(CostInputs inputs)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        var models = inputs.Cases.Select(size => (Size: size, Model: new CostModel(inputs, size))).ToList();
        Summary(text, models);
        Dominates(text, models);
        foreach (var (size, model) in models)
        {
            Volumes(text, size, model);
            Lines(text, size, model);
        }

        Limits(text, inputs.Hosting, models);
        Unit(text, inputs);
        return text.ToString();
    }

    private static void Summary(StringBuilder text, List<(RegionSize Size, CostModel Model)> models)
    {
        text.Append("\n## A year, in dollars\n\n| Région | ").AppendJoin(
            " | ",
            Years.Select(y => y == 1 ? "in the first year" : $"when {y} years are kept")).Append(
                " | a month of those | a thousand signatures of those |\n|---|---|---|---|---|---|\n");
        foreach (var (size, model) in models)
        {
            var last = Total(model, Years[^1]);
            text.Append($"| {size.Name} | ").AppendJoin(" | ", Years.Select(y => Money(Total(model, y))));
            text.Append($" | {Money(last / 12)} | {Money(last / size.SignaturesAYear * 1000)} |\n");
        }
    }

    private static void Dominates(StringBuilder text, List<(RegionSize Size, CostModel Model)> models)
    {
        text.Append("\n## What dominates\n\n| of a year, 10 years kept | ").AppendJoin(" | ", models.Select(m => m.Size.Name))
            .Append(" |\n|---|").Insert(text.Length, "---|", models.Count).Append('\n');
        var groups = models.Select(m => m.Model.Year(Years[^1]).GroupBy(l => l.Group).ToDictionary(g => g.Key, g => g.Sum(l => l.Amount)))
            .ToList();
        foreach (var group in groups[0].OrderByDescending(g => g.Value).Select(g => g.Key))
        {
            text.Append($"| {group} | ").AppendJoin(" | ", groups.Select(g => $"{Money(g[group])} ({Share(g[group] / g.Values.Sum())})"))
                .Append(" |\n");
        }

        var ordered = groups[0].OrderByDescending(g => g.Value).Select(g => g.Key).ToList();
        text.Append(
            $"\nIn the usual case {ordered[0]} comes first, then {ordered[1]}, then {ordered[2]}: together "
                + $"{Share(ordered.Take(3).Sum(g => groups[0][g]) / groups[0].Values.Sum())}. ");
        var live = models[0].Model.TableCalls[0].Calls / models[0].Model.TableCalls.Sum(c => c.Calls);
        text.Append(
            $"Of the tables' calls, {Share(live)} are live views, and yet all calls to the record's tables cost "
                + $"{Money(models[0].Model.Year(1).First(l => l is { Group: "storage operations", Name: "tables" }).Amount)} a year: ")
            .Append("calls matter for speed, hardly for money.\n\n");
        foreach (var group in ordered.Take(3))
        {
            text.Append($"- {group}: {Advice[group]}.\n");
        }
    }

    private static void Volumes(StringBuilder text, RegionSize size, CostModel model)
    {
        text.Append($"\n## Volumes of a year, {size.Name}\n\n| what | a year |\n|---|---|\n");
        (string What, double Amount)[] volumes =
        [
            ("signatures of learners", size.SignaturesAYear),
            ("half-days, each a sheet", model.HalfDays),
            ("HTTP requests", model.Requests),
            ("executions of functions", model.Executions),
            ("runs of orchestrations, and their activities", model.Runs + model.Activities),
            ("mails", model.Mails),
            ("traces of the app that are kept", model.KeptTraces),
            ("GB of rows", model.GbOfRowsAYear),
            ("GB of documents", model.GbOfDocumentsAYear),
            .. model.TableCalls.Select(c => ("calls to the tables: " + c.What, c.Calls)),
        ];
        foreach (var (what, amount) in volumes)
        {
            text.Append($"| {what} | {Count(amount)} |\n");
        }
    }

    private static void Lines(StringBuilder text, RegionSize size, CostModel model)
    {
        text.Append($"\n## Amounts of a year, {size.Name}, 10 years kept\n\n| | | how | $ |\n|---|---|---|---|\n");
        foreach (var line in model.Year(Years[^1]))
        {
            text.Append($"| {line.Group} | {line.Name} | {line.Formula} | {Money(line.Amount)} |\n");
        }
    }

    private static void Limits(StringBuilder text, HostingShape hosting, List<(RegionSize Size, CostModel Model)> models)
    {
        var (own, azure) = (hosting.MailsAnHour, hosting.MailsAnHourOfAzure);
        text.Append("\n## Mails and the provider's limits\n\nA mail costs the same from any domain; what differs is how many may go. ")
            .Append($"A subscription sends {Count(own)} an hour from a domain of one's own, until Azure's support grants more, ")
            .Append($"and {Count(azure)} from Azure's domain, which nobody raises.\n\n")
            .Append($"| Région | mails a year | days that they take at {Count(own)} an hour | days at {Count(azure)} an hour |\n")
            .Append("|---|---|---|---|\n");
        foreach (var (size, model) in models)
        {
            text.Append($"| {size.Name} | {Count(model.Mails)} | {Count(model.Mails / own / 24)} | {Count(model.Mails / azure / 24)} |\n");
        }
    }

    private static void Unit(StringBuilder text, CostInputs inputs)
    {
        text.Append("\n## Unit prices to check\n\n| price | $ |\n|---|---|\n");
        foreach (var price in typeof(Prices).GetProperties())
        {
            text.Append(
                $"| `{char.ToLowerInvariant(price.Name[0])}{price.Name[1..]}` | {Factor.Number((double)price.GetValue(inputs.Prices)!)} "
                    + $"|\n");
        }
    }

    private static double Total(CostModel model, double kept) => model.Year(kept).Sum(l => l.Amount);

    private static string Money(double amount) =>
        amount.ToString(amount >= 10 ? "#,0" : "0.00", CultureInfo.InvariantCulture).Replace(",", "\u00A0", StringComparison.Ordinal);

    private static string Count(double amount) => Factor.Number(amount >= 1000 ? amount : Math.Round(amount, 1));

    private static string Share(double share) => share.ToString("0 %", CultureInfo.InvariantCulture);
}
