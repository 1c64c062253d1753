using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>Makes a placement's workflow look at its facts again. A wake-up carries nothing: the tables hold the truth, so losing one costs time, never a fact.</summary>
public sealed partial class PlacementWaker(ILogger<PlacementWaker> logger)
{
    public static string InstanceId(PlacementId placement) => $"placement-{placement}";

    public async Task WakeAsync(DurableTaskClient client, OrganisationId organisation, PlacementId placement, CancellationToken cancellation)
    {
        var id = InstanceId(placement);
        try
        {
            if (await IsRunningAsync(client, id, cancellation))
            {
                await client.RaiseEventAsync(id, PlacementWorkflowFunction.Changed, cancellation: cancellation);

                // It may have ended between the question and the event, which is then lost.
                if (await IsRunningAsync(client, id, cancellation))
                {
                    return;
                }
            }

            var run = new PlacementRun(organisation.Value, placement.Value, PlacementWorkflowFunction.Shape, null);
            await client.ScheduleNewOrchestrationInstanceAsync(PlacementWorkflowFunction.Name, run, new StartOrchestrationOptions(id), cancellation);
            LogStarted(id);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // "Already running" and "already ended" are said differently by each transport; a running instance has read, or will read, the facts.
            if (!await IsRunningAsync(client, id, cancellation))
            {
                throw;
            }
        }
    }

    private static async Task<bool> IsRunningAsync(DurableTaskClient client, string id, CancellationToken cancellation) =>
        await client.GetInstanceAsync(id, cancellation) is { IsCompleted: false };

    [LoggerMessage(Level = LogLevel.Information, Message = "Workflow {Instance} started")]
    private partial void LogStarted(string instance);
}
