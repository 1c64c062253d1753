using DurableTask.Core;
using Emargement.LocalHost.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration;

/// <summary>
/// Runs the app's orchestrations and activities on the engine while the host runs. The engine starts
/// beside the app, which answers meanwhile; one that cannot start stops the host.
/// </summary>
internal sealed class OrchestrationWorker : BackgroundService
{
    private readonly TaskHubWorker _engine;
    private readonly FunctionActivities _activities;
    private readonly WorkTracker _work;

    public OrchestrationWorker(
        IOrchestrationService service,
        FunctionOrchestrations orchestrations,
        FunctionActivities activities,
        WorkTracker work,
        ILoggerFactory loggers)
    {
        (_activities, _work) = (activities, work);
        _engine = new TaskHubWorker(service, orchestrations, activities, loggers)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        _engine.AddOrchestrationDispatcherMiddleware(orchestrations.RunAsync);
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _work.Begin();
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Interrupts the activities, and waits for nothing else: what is half done is done again by the next host.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await _activities.StopAsync();
        await base.StopAsync(cancellationToken);
        await _engine.StopAsync(isForced: true);
    }

    public override void Dispose()
    {
        _engine.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _engine.StartAsync();
        }
        finally
        {
            _work.End();
        }
    }
}
