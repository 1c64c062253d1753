using DurableTask.Core;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Trace;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Registers the orchestration engine, its worker and its client.</summary>
internal static class OrchestrationServices
{
    // What the engine logs and traces under, in the host's own process on the platform.
    private const string Engine = "DurableTask";

    public static void AddOrchestration(this IServiceCollection services)
    {
        services.AddSingleton<TaskHub>();
        services.AddSingleton<IdleWatch>();
        services.AddSingleton<WaitingTimers>();
        services.AddSingleton(ServiceOf);
        services.AddSingleton(provider => new DurableTaskShimFactory(
            new DurableTaskWorkerOptions { DataConverter = JsonData.Instance }, provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<FunctionOrchestrations>();
        services.AddSingleton<FunctionActivities>();
        services.AddSingleton<DurableTaskClient, LocalDurableClient>();
        services.AddHostedService<OrchestrationWorker>();
        services.AddLogging(logging => logging.AddFilter(Engine, LogLevel.Warning));
        services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddSource(Engine + ".Core"));
    }

    private static IOrchestrationService ServiceOf(IServiceProvider provider)
    {
        var engine = provider.GetRequiredService<TaskHub>().Engine;
        return provider.GetRequiredService<TimeProvider>() == TimeProvider.System
            ? engine
            : ActivatorUtilities.CreateInstance<ClockedOrchestrationService>(provider, engine);
    }
}
