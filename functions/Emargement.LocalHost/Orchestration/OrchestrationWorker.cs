using DurableTask.Core;
using Emargement.Functions.Platform.Storage;
using Emargement.LocalHost.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration;

/// <summary>
/// Runs the app's orchestrations and activities on the engine while the host runs. The engine starts
/// beside the app, which answers meanwhile; one that cannot start stops the host.
/// </summary>
internal sealed partial class OrchestrationWorker : BackgroundService
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private readonly TaskHubWorker _engine;
    private readonly FunctionActivities _activities;
    private readonly WorkTracker _work;
    private readonly ILogger<OrchestrationWorker> _logger;

    public OrchestrationWorker(
        IOrchestrationService service,
        FunctionOrchestrations orchestrations,
        FunctionActivities activities,
        WorkTracker work,
        ILoggerFactory loggers)
    {
        (_activities, _work, _logger) = (activities, work, loggers.CreateLogger<OrchestrationWorker>());
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
        try
        {
            await _engine.StopAsync(isForced: true).WaitAsync(StopLimit, cancellationToken);
        }
        catch (Exception away) when (OutOfReach.Is(away))
        {
            // What it holds there ends by itself.
            LogAway(away.GetType().Name);
        }
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

    [LoggerMessage(1, LogLevel.Warning, "The engine stopped without its storage: {ExceptionType}")]
    private partial void LogAway(string exceptionType);
}
