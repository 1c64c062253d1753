using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Orchestration.Replay;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.DurableTask.Client;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Carries out what an episode owes to other instances.</summary>
internal sealed class EffectDelivery(OrchestrationStore store, InstanceQueue queue, TimeProvider clock, WorkTracker work)
{
    public async Task DeliverAsync(IEnumerable<Effect> effects, CancellationToken cancellation)
    {
        foreach (var effect in effects)
        {
            await (effect switch
            {
                StartChild start => StartAsync(start, cancellation),
                SendMessage send => SendAsync(send.InstanceId, send.Message, cancellation),
                _ => throw new InvalidOperationException($"Unknown effect {effect}."),
            });
        }
    }

    /// <summary>Sends to an instance that is not over; to another it is lost, as with the real one.</summary>
    public async Task SendAsync(string instanceId, Message message, CancellationToken cancellation)
    {
        if (await store.FindAsync(instanceId, cancellation) is { IsOver: false })
        {
            await store.SendAsync(instanceId, message, cancellation);
            queue.Enqueue(instanceId, await store.TouchAsync(instanceId, cancellation));
        }
    }

    /// <summary>Sends without making the caller wait.</summary>
    public void SendLater(string instanceId, Message message) => work.Run(() => SendAsync(instanceId, message, CancellationToken.None));

    private async Task StartAsync(StartChild start, CancellationToken cancellation)
    {
        if ((await store.FindAsync(start.InstanceId, cancellation))?.Parent == start.Parent)
        {
            queue.Enqueue(start.InstanceId);
            return;
        }

        var now = clock.GetUtcNow();
        var child = new OrchestrationInstance
        {
            Id = start.InstanceId,
            Name = start.Name,
            ExecutionId = Guid.NewGuid().ToString("N"),
            Status = OrchestrationRuntimeStatus.Pending,
            Input = start.Input,
            CreatedAt = now,
            UpdatedAt = now,
            Parent = start.Parent,
            TraceParent = start.TraceParent,
        };
        if (await store.StartAsync(child, cancellation) is { } listed)
        {
            queue.Enqueue(child.Id, listed);
            return;
        }

        var failure = new Failure(
            "DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException", $"An orchestration with id '{child.Id}' is already running.", null, null);
        await SendAsync(
            start.Parent.InstanceId,
            new Message($"task|{start.Parent.ExecutionId}|{start.Parent.TaskId}", now.UtcDateTime, start.Parent.ExecutionId, new TaskFailed(start.Parent.TaskId, failure)),
            cancellation);
    }
}
