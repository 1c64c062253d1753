using Emargement.Functions.Months.Runs;
using Emargement.Functions.Region;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Months.Amendments;

/// <summary>Input of the run that makes an amendment.</summary>
/// <param name="By">Who asked for it, as in the manifest.</param>
public sealed record AmendmentRun(string Organisation, string Month, int Number, string Region, string By)
{
    internal string Id => $"amendment-{Organisation}-{Month}-{Number}";
}

/// <summary>Input of its last step.</summary>
public sealed record EndedAmendment(string Organisation, string Month, int Number, int? Version);

/// <summary>
/// Makes an amendment to which the Région agreed: the corrections, the sheets that say them, the month's figures, and the version that
/// goes to the Région by itself. A run that failed is started again by the hourly timer, and makes nothing twice.
/// </summary>
public static class MakeAmendmentOrchestrator
{
    public const string Name = "MakeAmendment";

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 2));

    [Function(Name)]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var asked = context.GetInput<AmendmentRun>()!;
        var at = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero);
        var sessions = await context.CallActivityAsync<string[]>(WriteAmendmentActivity.Name, asked, Retries);
        if (sessions.Length == 0)
        {
            return "nothing";
        }

        // The version names the sheets: it waits for each of them.
        await Task.WhenAll(sessions.Select(session => context.CallSubOrchestratorAsync<string>(
            SealRequested.Orchestration, new SealRequested(asked.Organisation, session))));
        await context.CallActivityAsync<string>(
            SummarizeMonthActivity.Name, new MonthRun(asked.Organisation, asked.Month), Retries);
        var export = new OrganisationExportRun(
            asked.Region, asked.Month, asked.Organisation, $"amendment-{asked.Number}", asked.By, at, Amended: true);
        var version = await context.CallActivityAsync<ExportedVersion?>(WriteOrganisationExportActivity.Name, export, Retries);
        await context.CallActivityAsync(
            EndAmendmentActivity.Name, new EndedAmendment(asked.Organisation, asked.Month, asked.Number, version?.Version), Retries);
        return "made";
    }
}
