using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Workflow;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>Makes a placement's workflow look at its facts again. A wake-up carries nothing: the tables hold the truth, so losing one costs
/// time, never a fact.</summary>
public sealed partial class PlacementWaker(TimeProvider time, ILogger<PlacementWaker> logger)
{
    // Each further try means that a run has ended, or another has begun, between two calls.
    private const int Tries = 5;

    public static string InstanceId(PlacementId placement) => $"placement-{placement}";

    /// <summary>
    /// Wakes the run that is under way; when the host says that there is none, whatever became of it, starts one, which looks first.
    /// </summary>
    public async Task WakeAsync(
        DurableTaskClient client, OrganisationId organisation, PlacementId placement, CancellationToken cancellation)
    {
        var id = InstanceId(placement);
        var run = RunOf(organisation, placement);
        for (var left = Tries; left > 0; left--)
        {
            if (await RaiseAsync(client, id, cancellation))
            {
                return;
            }

            if (await client.StartOnceAsync(PlacementOrchestrator.Name, id, run, cancellation))
            {
                LogStarted(id);
                return;
            }
        }

        throw new InvalidOperationException($"Workflow {id} ended and began again at each try to wake it.");
    }

    /// <summary>
    /// As the other, with the placement as it is now: one that was just created is not asked for its run, and its first look is when
    /// something is due.
    /// </summary>
    public async Task WakeAsync(DurableTaskClient client, PlacementFile file, CancellationToken cancellation)
    {
        var (organisation, id) = (file.Organisation.Id, InstanceId(file.Id));
        var run = RunOf(organisation, file.Id) with { WakeAt = FirstLook(file) };
        if (file.State.Facts.Count == 1 && await client.StartOnceAsync(PlacementOrchestrator.Name, id, run, cancellation))
        {
            LogStarted(id);
            return;
        }

        await WakeAsync(client, organisation, file.Id, cancellation);
    }

    private static PlacementRun RunOf(OrganisationId organisation, PlacementId placement) =>
        new(organisation.Value, placement.Value, PlacementOrchestrator.Shape, null);

    /// <returns>When something may first be due, whether or not the learner has an address; null for now.</returns>
    private DateTime? FirstLook(PlacementFile file)
    {
        PlacementDecision Decide(bool mailed) => PlacementWorkflow.Decide(
            file.State, new WorkflowContext(file.Clock, file.Calendar.IsHoliday, mailed), time.GetUtcNow());

        PlacementDecision[] decisions = [Decide(mailed: true), Decide(mailed: false)];
        return decisions.Any(d => d.Finished || d.Actions.Count > 0) ? null : WakeUp.For(decisions.Min(d => d.WakeAt)!.Value).UtcDateTime;
    }

    private static async Task<bool> RaiseAsync(DurableTaskClient client, string id, CancellationToken cancellation)
    {
        try
        {
            await client.RaiseEventAsync(id, PlacementOrchestrator.Changed, cancellation: cancellation)
                .InTimeAsync(cancellation);
        }
        catch (RpcException refused) when (refused.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition or StatusCode.Unknown)
        {
            // Unknown or ended: what else it may be, the start that follows meets, too.
            return false;
        }

        // It may have ended before the event came to it, which is then lost.
        return await client.IsUnderWayAsync(id, cancellation);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Workflow {Instance} started")]
    private partial void LogStarted(string instance);
}
