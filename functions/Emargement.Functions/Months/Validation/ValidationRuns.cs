using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Validation;

/// <summary>Starts the runs that follow validations, and finds those that stopped on the way.</summary>
public sealed class ValidationRuns(OrganisationsTable organisations, MonthsTable months, MonthFreezer freezer)
{
    /// <summary>Starts the run of a validated month; one under way is enough.</summary>
    /// <param name="by">Who validated.</param>
    public static async Task<Result<MonthMoved>> StartAsync(
        DurableTaskClient client, Organisation organisation, MonthLife life, string by, CancellationToken cancellation)
    {
        if (life.State == MonthState.Validated)
        {
            var run = new ConcludeRun(organisation.Id.Value, life.Month.ToString(), organisation.Region, life.Run!, by);
            await client.StartOnceAsync(ConcludeMonthOrchestrator.Name, run.Id, run, cancellation);
        }

        return new MonthMoved(life.Month, life.State);
    }

    /// <summary>
    /// Makes the settings agree with the rows of frozen months, and goes on with validations whose run never started: a look at the
    /// organisations, and a point read a frozen month.
    /// </summary>
    public async Task SweepAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        await foreach (var organisation in organisations.ListAsync(cancellation))
        {
            foreach (var month in organisation.Value.FrozenMonths)
            {
                var life = (await months.FindAsync(organisation.Value.Id, month, cancellation)).Value;
                await freezer.AgreeAsync(organisation.Value.Id, month, life.State, cancellation);
                await StartAsync(client, organisation.Value, life, "system", cancellation);
            }
        }
    }
}
