using Emargement.Functions.Months.Runs;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Region;
using Emargement.Functions.Sessions.Marks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Months.Validation;

/// <summary>Input of the run that follows a validation.</summary>
/// <param name="Run">Of the validation: its export is bound to it.</param>
/// <param name="By">Who validated.</param>
/// <param name="Last">Whether an import that still runs opens the month again: it is waited for no longer.</param>
public sealed record ConcludeRun(string Organisation, string Month, string Region, string Run, string By, bool Last = false)
{
    internal string Id => $"validate-{Organisation}-{Month}-{Run}";
}

/// <summary>Input of its last step.</summary>
public sealed record SentRun(string Organisation, string Month, string Run, int? Version);

/// <summary>
/// Follows a validation: waits until no process remembers the month as open and no import runs that began before, calculates it again,
/// then sends it or opens it again.
/// </summary>
public static class ConcludeMonthOrchestrator
{
    public const string Name = "ConcludeMonth";

    // An import takes minutes.
    private const int MostLooks = 15;

    // Settings are remembered for half a minute.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60);

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 2));

    [Function(Name)]
    public static async Task<string> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var asked = context.GetInput<ConcludeRun>()!;
        for (var left = MostLooks; ; left--)
        {
            await context.CreateTimer(WakeUp.For(Remembered), CancellationToken.None);
            await context.CallActivityAsync<string>(
                SummarizeMonthActivity.Name, new MonthRun(asked.Organisation, asked.Month), Retries);
            var verdict = await context.CallActivityAsync<ValidationVerdict>(
                JudgeValidationActivity.Name, asked with { Last = left == 1 }, Retries);
            if (verdict == ValidationVerdict.Open)
            {
                return "open";
            }

            if (verdict == ValidationVerdict.Send)
            {
                break;
            }
        }

        var at = new DateTimeOffset(context.CurrentUtcDateTime, TimeSpan.Zero);
        var export = new OrganisationExportRun(asked.Region, asked.Month, asked.Organisation, asked.Run, asked.By, at);
        var version = await context.CallActivityAsync<ExportedVersion?>(WriteOrganisationExportActivity.Name, export, Retries);
        await context.CallActivityAsync(
            MarkSentActivity.Name, new SentRun(asked.Organisation, asked.Month, asked.Run, version?.Version), Retries);
        return "sent";
    }
}
