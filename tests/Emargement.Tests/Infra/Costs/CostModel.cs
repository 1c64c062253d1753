namespace Emargement.Tests.Infra.Costs;

/// <summary>What a Région of one size makes the app do in a year, and what that costs.</summary>
internal sealed class CostModel(CostInputs inputs, RegionSize size)
{
    private const double SecondsAYear = 365 * 24 * 3600;
    private const double KbAGb = 1024 * 1024;
    private const double DaysAYear = 365;
    private const double TenThousand = 10_000;

    // What Log Analytics keeps at the price of taking it in.
    private const double FreeLogDays = 31;

    private Shape Shape => inputs.Shape;

    private Prices Prices => inputs.Prices;

    public double HalfDays => size.Groups * Shape.HalfDaysADay * Shape.DaysAYear;

    public double Mails => (size.StatementsAMonth * 2) + (size.PlacementWeeksAYear * Shape.MailsAPlacementWeek);

    /// <summary>
    /// Runs of orchestrations: a sealing, a batch of mails, a week in a company, an export and a night of each organisation.
    /// </summary>
    public double Runs =>
        HalfDays + Mails + (size.PlacementWeeksAYear * Shape.RunsAPlacementWeek) + (size.Organisations * (12 + DaysAYear));

    public double Activities =>
        HalfDays + Mails + (size.PlacementWeeksAYear * Shape.ActivitiesAPlacementWeek)
            + (size.Organisations * (12 + (3 * DaysAYear)));

    public double Requests =>
        (size.SignaturesAYear * Shape.RequestsASignature) + (HalfDays * (Shape.LivePollsAHalfDay + Shape.TrainerRequestsAHalfDay))
            + (size.PlacementWeeksAYear * Shape.RequestsAPlacementWeek);

    /// <summary>An orchestrator is called again after each of its activities.</summary>
    public double Executions => Requests + (2 * Runs) + (2 * Activities) + (Shape.TimersADay * DaysAYear);

    public double GbOfRowsAYear => ((size.SignaturesAYear * inputs.Sizes.FactKb) + (HalfDays * inputs.Sizes.SessionKb)) / KbAGb;

    public double GbOfDocumentsAYear => HalfDays * (inputs.Sizes.SheetKb + inputs.Sizes.EvidenceKb) / KbAGb;

    /// <summary>The app keeps so many traces a second while an instance works, and never more than there are calls.</summary>
    public double KeptTraces => Math.Min(Executions, inputs.Hosting.TracesASecond * size.ActiveInstanceHoursADay * 3600 * Shape.DaysAYear);

    public double LogGb => ((Executions * inputs.Sizes.HostKbAnExecution) + (KeptTraces * inputs.Sizes.TraceKb)) / KbAGb;

    /// <summary>Calls of the record's tables in a year, by what makes them.</summary>
    public IReadOnlyList<(string What, double Calls)> TableCalls =>
    [
        ("live views, every five seconds while a trainer looks", HalfDays * Shape.LivePollsAHalfDay * inputs.Calls.LiveView),
        ("signatures: page, scan, insert", size.SignaturesAYear * (Shape.PageCallsASignature + inputs.Calls.ShowScan
            + (Shape.DrawnShare * inputs.Calls.SignWithDrawing) + ((1 - Shape.DrawnShare) * inputs.Calls.SignWithoutDrawing))),
        ("openings, closings, sealings", HalfDays * (inputs.Calls.Open + inputs.Calls.Close + inputs.Calls.SealTables)),
        ("weeks in companies", size.PlacementWeeksAYear * Shape.CallsAPlacementWeek),
        (
            "nightly imports",
            size.Organisations * DaysAYear * (inputs.Calls.ImportReads + (Shape.ChangedRowsANight / inputs.Calls.ImportBatch))),
        ("monthly exports", (size.Organisations * 12 * inputs.Calls.Export) + (size.SignaturesAYear / 1000)),
    ];

    /// <summary>A year, once documents have been kept for so many years.</summary>
    public IReadOnlyList<CostLine> Year(double kept)
    {
        var (hosting, prices) = (inputs.Hosting, Prices);
        var (hot, cool) = (hosting.CoolAfterDays / DaysAYear, hosting.ArchiveAfterDays / DaysAYear);
        var documents = 2 * HalfDays;
        return
        [
            new(
                "instances kept ready",
                "instances ready at all hours",
                new(hosting.AlwaysReady, "instances"),
                new(hosting.InstanceGb, "GB"),
                new(SecondsAYear, "s"),
                new(prices.GbSecondReady, "")),
            new(
                "instances kept ready",
                "more of them at peaks",
                new(hosting.PeakInstances - 1, "instances"),
                new(hosting.InstanceGb, "GB"),
                new(hosting.PeakHoursADay * 3600 * Shape.DaysAYear, "s"),
                new(prices.GbSecondReady, "")),
            new(
                "execution",
                "time in which instances work",
                new(size.ActiveInstanceHoursADay * 3600, "s a day"),
                new(Shape.DaysAYear, "days"),
                new(hosting.InstanceGb, "GB"),
                new(prices.GbSecondActive, "")),
            new("execution", "executions", new(Executions / 1_000_000, "million"), new(prices.ExecutionsAMillion, "")),
            new(
                "storage operations",
                "tables",
                new(TableCalls.Sum(c => c.Calls) / TenThousand, "ten thousands"),
                new(prices.TableOperationsTenThousand, "")),
            new(
                "storage operations",
                "documents written",
                new(HalfDays * inputs.Calls.SealBlobs / TenThousand, "ten thousands"),
                new(prices.BlobWritesTenThousand, "")),
            new(
                "storage operations",
                "documents moved to the cool tier",
                new(documents / TenThousand, "ten thousands"),
                new(prices.CoolWritesTenThousand, "")),
            new(
                "storage operations",
                "documents moved to the archive",
                new(kept > cool ? documents / TenThousand : 0, "ten thousands"),
                new(prices.ArchiveWritesTenThousand, "")),
            new(
                "Durable Functions",
                "tables",
                new(
                    ((Runs * inputs.Durable.TableOperationsARun) + (Activities * inputs.Durable.TableOperationsAnActivity)) / TenThousand,
                    "ten thousands"),
                new(prices.TableOperationsTenThousand, "")),
            new(
                "Durable Functions",
                "queues",
                new(
                    ((Runs * inputs.Durable.QueueOperationsARun) + (Activities * inputs.Durable.QueueOperationsAnActivity)) / TenThousand,
                    "ten thousands"),
                new(prices.QueueOperationsTenThousand, "")),
            new(
                "Durable Functions",
                "queues asked while idle",
                new(inputs.Durable.IdlePollsAnHour * 24 * DaysAYear / TenThousand, "ten thousands"),
                new(prices.QueueOperationsTenThousand, "")),
            new("data kept", "rows", new(GbOfRowsAYear, "GB a year"), new(kept, "years"), new(12, "months"), new(prices.TableGbMonth, "")),
            new(
                "data kept",
                "documents, hot",
                new(GbOfDocumentsAYear, "GB a year"),
                new(Math.Min(kept, hot), "years"),
                new(12, "months"),
                new(prices.HotGbMonth, "")),
            new(
                "data kept",
                "documents, cool",
                new(GbOfDocumentsAYear, "GB a year"),
                new(Math.Max(0, Math.Min(kept, cool) - hot), "years"),
                new(12, "months"),
                new(prices.CoolGbMonth, "")),
            new(
                "data kept",
                "documents, archive",
                new(GbOfDocumentsAYear, "GB a year"),
                new(Math.Max(0, kept - cool), "years"),
                new(12, "months"),
                new(prices.ArchiveGbMonth, "")),
            new("mails", "mails", new(Mails, "mails"), new(prices.Mail + (inputs.Sizes.MailKb / 1024 * prices.MailMb), "")),
            new("logs and alerts", "what the host writes",
                new(Executions * inputs.Sizes.HostKbAnExecution / KbAGb, "GB"), new(prices.LogGb, "")),
            new("logs and alerts", "what the app writes", new(KeptTraces * inputs.Sizes.TraceKb / KbAGb, "GB"), new(prices.LogGb, "")),
            new(
                "logs and alerts",
                "logs kept beyond the first month",
                new(LogGb / 12, "GB a month"),
                new(Math.Max(0, hosting.LogDays - FreeLogDays) / 30, "months each"),
                new(12, "months"),
                new(prices.LogGbMonth, "")),
            new("logs and alerts", "alert rules", new(hosting.AlertRules, "rules"), new(12, "months"), new(prices.AlertRuleMonth, "")),
            new("logs and alerts", "alert rules of five minutes",
                new(hosting.AlertRulesOfFiveMinutes, "rules"), new(12, "months"), new(prices.AlertRuleOfFiveMinutesMonth, "")),
            new("network", "answers", new(Requests * inputs.Sizes.AnswerKbARequest / KbAGb, "GB"), new(prices.EgressGb, "")),
        ];
    }
}
