using DurableTask.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Runs the app's orchestrations and activities on the engine while the host runs.</summary>
internal sealed class OrchestrationWorker : IHostedService, IDisposable
{
    private readonly TaskHubWorker _engine;
    private readonly FunctionActivities _activities;

    public OrchestrationWorker(
        IOrchestrationService service, FunctionOrchestrations orchestrations, FunctionActivities activities, ILoggerFactory loggers)
    {
        _activities = activities;
        _engine = new TaskHubWorker(service, orchestrations, activities, loggers)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        _engine.AddOrchestrationDispatcherMiddleware(orchestrations.RunAsync);
    }

    public Task StartAsync(CancellationToken cancellationToken) => _engine.StartAsync();

    /// <summary>Interrupts the activities, and waits for nothing else: what is half done is done again by the next host.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _activities.StopAsync();
        await _engine.StopAsync(isForced: true);
    }

    public void Dispose() => _engine.Dispose();
}
