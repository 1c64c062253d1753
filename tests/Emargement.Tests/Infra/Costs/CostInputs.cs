using System.Text.Json;
using System.Text.Json.Serialization;
using Emargement.Tests.House;

namespace Emargement.Tests.Infra.Costs;

/// <summary>One size of a Région, from the volumes that a Région told where there are any.</summary>
/// <param name="SignaturesAYear">Of learners.</param>
/// <param name="StatementsAMonth">Learners whose month is exported.</param>
/// <param name="ActiveInstanceHoursADay">Hours in which an instance runs at least one call, over all instances.</param>
internal sealed record RegionSize(
    string Name, double Groups, double LearnersADay, double SignaturesAYear, double StatementsAMonth, double Organisations,
    double PlacementWeeksAYear, double ActiveInstanceHoursADay);

/// <summary>What people and timers do. A half-day is one group's.</summary>
internal sealed record Shape(
    double DaysAYear, double HalfDaysADay, double LivePollsAHalfDay, double TrainerRequestsAHalfDay, double RequestsASignature,
    double PageCallsASignature, double DrawnShare,
    double ChangedRowsANight, double CallsAPlacementWeek, double RequestsAPlacementWeek, double RunsAPlacementWeek,
    double ActivitiesAPlacementWeek, double MailsAPlacementWeek, double TimersADay);

/// <summary>Calls to the storage that tests count.</summary>
internal sealed record StorageCallsOf(
    double Open, double LiveView, double ShowScan, double SignWithDrawing, double SignWithoutDrawing, double Close,
    double SealTables, double SealBlobs, double ImportReads, double ImportBatch, double Export);

internal sealed record DurableShare(
    double TableOperationsARun, double QueueOperationsARun, double TableOperationsAnActivity, double QueueOperationsAnActivity,
    double IdlePollsAnHour);

/// <param name="HostKbAnExecution">What the Functions host writes of a call. It samples nothing when it speaks OpenTelemetry.</param>
/// <param name="TraceKb">What the app writes of a call whose trace is kept: its span and those of its calls of the storage.</param>
internal sealed record Sizes(
    double FactKb, double SessionKb, double SheetKb, double EvidenceKb, double HostKbAnExecution, double TraceKb, double AnswerKbARequest,
    double MailKb);

/// <param name="TracesASecond">That each instance of the app keeps, at most.</param>
/// <param name="AlertRules">That look every quarter of an hour or less often.</param>
internal sealed record HostingShape(
    double AlwaysReady, double PeakInstances, double PeakHoursADay, double InstanceGb, double CoolAfterDays, double ArchiveAfterDays,
    double LogDays, double TracesASecond, double AlertRules, double AlertRulesOfFiveMinutes, double MailsAnHour, double MailsAnHourOfAzure);

internal sealed record Prices(
    double GbSecondReady, double GbSecondActive, double ExecutionsAMillion, double TableOperationsTenThousand, double TableGbMonth,
    double QueueOperationsTenThousand,
    double BlobWritesTenThousand, double CoolWritesTenThousand, double ArchiveWritesTenThousand, double HotGbMonth, double CoolGbMonth,
    double ArchiveGbMonth,
    double Mail, double MailMb, double LogGb, double LogGbMonth, double AlertRuleMonth,
    double AlertRuleOfFiveMinutesMonth, double EgressGb);

/// <summary>infra/costs/inputs.json: every number that docs/costs.md starts from.</summary>
internal sealed record CostInputs(
    IReadOnlyList<RegionSize> Cases, Shape Shape, StorageCallsOf Calls, DurableShare Durable, Sizes Sizes, HostingShape Hosting,
    Prices Prices)
{
    // Every number is there, and no other: a name mistyped is a cost forgotten.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public static CostInputs Read() =>
        JsonSerializer.Deserialize<CostInputs>(File.ReadAllText(Path.Combine(Repository.Root, "infra", "costs", "inputs.json")), Strict)!;
}
