using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>Makes a placement's workflow look at its facts again. A wake-up carries nothing: the tables hold the truth, so losing one costs
/// time, never a fact.</summary>
public sealed partial class PlacementWaker(ILogger<PlacementWaker> logger)
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
        var run = new PlacementRun(organisation.Value, placement.Value, PlacementOrchestrator.Shape, null);
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
