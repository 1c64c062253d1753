using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Sessions.Marks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Telling;

/// <summary>Tells what happened to a month: other systems, and the managers when it was given back. Run twice, each is told once.</summary>
public static class TellMonthOrchestrator
{
    public const string Name = "TellMonth";

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 2));

    [Function(Name)]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync(TellMonthActivity.Name, context.GetInput<MonthRun>(), Retries);

    /// <summary>Starts it after a move: one under way may have read before that move, so each has its own.</summary>
    public static Task TellAsync(
        DurableTaskClient client, OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var run = MonthRun.Of(organisation, month);
        return client.StartOnceAsync(Name, $"told-{run.Id}-{Guid.NewGuid():N}", run, cancellation);
    }

    /// <summary>Tells of a month once it has moved.</summary>
    /// <param name="place">Of what was done.</param>
    public static async Task<Result<TDone>> TellAsync<TDone>(
        this Task<Result<TDone>> moving,
        DurableTaskClient client,
        Func<TDone, (OrganisationId Organisation, YearMonth Month)> place,
        CancellationToken cancellation)
    {
        var moved = await moving;
        if (moved.IsOk)
        {
            var (organisation, month) = place(moved.Value);
            await TellAsync(client, organisation, month, cancellation);
        }

        return moved;
    }
}

/// <summary>The activity of <see cref="TellMonthOrchestrator"/>.</summary>
public sealed class TellMonthActivity(MonthAnnouncer announcer, ReturnedMonthAlarm alarm)
{
    public const string Name = "TellMonthMoved";

    [Function(Name)]
    public async Task RunAsync(
        [ActivityTrigger] MonthRun input, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var (organisation, month) = (OrganisationId.Parse(input.Organisation), YearMonth.Parse(input.Month));
        await client.SendAsync(await alarm.TellAsync(organisation, month, cancellation), cancellation);
        await announcer.TellAsync(client, organisation, month, cancellation);
    }
}
