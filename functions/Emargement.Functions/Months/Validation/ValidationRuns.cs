using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Amendments;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Telling;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Validation;

/// <summary>Starts the runs that follow validations, and finds months that stopped on their way.</summary>
public sealed class ValidationRuns(
    OrganisationsTable organisations, MonthsTable months, MonthMoves moves, MonthFreezer freezer, TellRegion region, KnownRegions regions,
    TimeProvider time)
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
    /// Makes the settings agree with the rows of months, goes on with validations and amendments whose run never started or failed, and
    /// closes what the Région has had for as long as it said: a look at the organisations, a range of each, a point read of a month that
    /// stopped, and a range of one that waits to be closed.
    /// </summary>
    public async Task SweepAsync(DurableTaskClient client, CancellationToken cancellation)
    {
        await foreach (var organisation in organisations.ListAsync(cancellation))
        {
            var lives = await months.ListAsync(organisation.Value.Id, cancellation)
                .ToDictionaryAsync(l => l.Month, cancellationToken: cancellation);
            foreach (var month in organisation.Value.FrozenMonths.Union(lives.Keys))
            {
                var life = lives.GetValueOrDefault(month) ?? new MonthLife(month, MonthState.Open);
                if (life.State == MonthState.Validated || life.Amending is not null || !Agree(organisation.Value, life))
                {
                    await GoOnAsync(client, organisation.Value, month, cancellation);
                }
                else if (life.State == MonthState.Received)
                {
                    await CloseAsync(client, organisation.Value, month, cancellation);
                }
            }
        }
    }

    // Read again: others move it meanwhile.
    private async Task GoOnAsync(
        DurableTaskClient client, Organisation organisation, YearMonth month, CancellationToken cancellation)
    {
        var life = (await months.FindAsync(organisation.Id, month, cancellation)).Value;
        await freezer.AgreeAsync(organisation.Id, month, life.State, cancellation);
        await StartAsync(client, organisation, life, "system", cancellation);
        if (life.Amending is not null && RegionCode.TryParse(organisation.Region, out var code))
        {
            await region.RunAsync(organisation.Id, month, cancellation);
            var last = await months.AmendmentAsync(organisation.Id, month, life.Amendments, cancellation);
            await AmendmentRuns.StartAsync(client, code, organisation.Id, last!, cancellation);
        }
    }

    private async Task CloseAsync(DurableTaskClient client, Organisation organisation, YearMonth month, CancellationToken cancellation)
    {
        if (!RegionCode.TryParse(organisation.Region, out var code)
            || await regions.OfAsync(code, cancellation) is not { LockAfter: not null } settings)
        {
            return;
        }

        var facts = await months.FactsAsync(organisation.Id, month, cancellation);
        if (facts.LastOrDefault(f => f.Event == MonthEvent.Received) is not { } received
            || !settings.Closes(received.At, time.GetUtcNow()))
        {
            return;
        }

        // Only of the receipt that was read: it may be given back meanwhile, and received again.
        var moved = await moves.MoveAsync(
            organisation.Id, month, "system",
            life => life is { State: MonthState.Received } && life.Facts == facts.Count ? life.Lock() : MonthMoves.Stay,
            _ => MonthMoves.Fact(MonthEvent.Locked),
            cancellation);
        await freezer.AgreeAsync(organisation.Id, month, moved.Value!.State, cancellation);
        await TellMonthOrchestrator.TellAsync(client, organisation.Id, month, cancellation);
    }

    private static bool Agree(Organisation organisation, MonthLife life) =>
        organisation.FrozenMonths.Contains(life.Month) == MonthLife.IsFrozen(life.State)
        && (life.State is not (MonthState.Locked or MonthState.Returned)
            || organisation.LockedMonths.Contains(life.Month) == (life.State == MonthState.Locked));
}
