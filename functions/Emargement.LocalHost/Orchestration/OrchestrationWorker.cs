using Azure.Data.Tables;
using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Orchestration.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Advances orchestrations while the host runs: those of this process at once, those that another process left when they are found.</summary>
internal sealed partial class OrchestrationWorker(
    OrchestrationStore store,
    InstanceQueue queue,
    InstanceStep step,
    ActivityRunner activities,
    TimeProvider clock,
    WorkTracker work,
    EngineOptions options,
    ILogger<OrchestrationWorker> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan RetryAfterFault = TimeSpan.FromSeconds(2);

    // For activities that do not heed their cancellation.
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await FindOpenAsync(cancellationToken);
        _running = Task.WhenAll(Enumerable.Range(0, options.Orchestrations).Select(_ => Task.Run(WorkAsync, CancellationToken.None)).Append(PollAsync()));
    }

    /// <summary>Lets the steps under way end, and interrupts the activities: they are run again by the next process.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await activities.StopAsync();
        await _stopping.CancelAsync();
        queue.Close();
        await _running.WaitAsync(cancellationToken);
        await Task.WhenAny(work.WhenIdleAsync(), Task.Delay(StopLimit, cancellationToken));
    }

    public void Dispose() => _stopping.Dispose();

    private async Task WorkAsync()
    {
        await foreach (var id in queue.Ready.ReadAllAsync())
        {
            queue.Begin(id);
            var result = StepResult.Again;
            try
            {
                while (result == StepResult.Again && !_stopping.IsCancellationRequested)
                {
                    result = await step.AdvanceAsync(id, CancellationToken.None);
                }
            }
            catch (Exception fault)
            {
                // One instance that cannot be advanced, or a storage that does not answer, must not stop the others.
                LogFault(fault, id);
                queue.WakeAt(id, clock.GetUtcNow() + RetryAfterFault);
            }

            queue.End(id, forget: result == StepResult.Over);
        }
    }

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(options.PollInterval);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                await FindOpenAsync(_stopping.Token);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
    }

    private async Task FindOpenAsync(CancellationToken cancellation)
    {
        work.Begin();
        try
        {
            var table = await store.TableAsync();
            await foreach (var row in table.QueryAsync<TableEntity>(r => r.PartitionKey == InstanceKeys.Open, cancellationToken: cancellation))
            {
                queue.Found(row.GetString("Id"), row.GetDateTimeOffset("TouchedAt")!.Value);
            }
        }
        catch (Azure.RequestFailedException fault)
        {
            LogPollFault(fault);
        }
        finally
        {
            work.End();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Orchestration {InstanceId} could not be advanced; it will be tried again.")]
    private partial void LogFault(Exception fault, string instanceId);

    [LoggerMessage(2, LogLevel.Warning, "Open orchestrations could not be listed; they will be looked for again.")]
    private partial void LogPollFault(Exception fault);
}
