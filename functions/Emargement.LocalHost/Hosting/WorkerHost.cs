using Emargement.LocalHost.Http;
using Emargement.LocalHost.Invocation;
using Emargement.LocalHost.Orchestration;
using Emargement.LocalHost.Timers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Hosting;

/// <summary>
/// The host that the app's own Program builds, made to answer for itself: what would speak
/// with the Functions host goes, what that host does comes instead.
/// </summary>
internal static class WorkerHost
{
    // Internal types of the worker, so told by their names: the connection to the Functions host,
    // and the log that would be sent over it and that nobody would ever read.
    private static readonly string[] OfTheConnection = ["WorkerHostedService", "WorkerLoggerProvider"];

    public static FunctionsApplicationBuilder CreateBuilder(LocalHostOptions options)
    {
        var builder = options.App.CreateBuilder(options.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning);
        if (options.LogToConsole)
        {
            builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        }

        var services = builder.Services;
        foreach (var service in services.Where(s => !s.IsKeyedService && OfTheConnection.Contains(s.ImplementationType?.Name)).ToList())
        {
            services.Remove(service);
        }

        services.AddSingleton(options);
        services.AddSingleton(new FunctionCatalog(options.App.Types));
        services.AddSingleton<WorkTracker>();
        services.AddSingleton(new FunctionPipeline(options.App.Middlewares));

        // The first of its kind: what the host does to a request comes before what the worker does.
        services.Insert(0, ServiceDescriptor.Transient<IStartupFilter, HostFront>());
        if (HasStorage(builder.Configuration))
        {
            services.AddOrchestration();
            services.AddSingleton<TimerStatusTable>();
            services.AddSingleton<TimerFunctions>();
            services.AddHostedService(provider => provider.GetRequiredService<TimerFunctions>());
        }

        services.Replace(ServiceDescriptor.Singleton(options.TimeProvider));
        options.ConfigureServices?.Invoke(services);
        return builder;
    }

    public static bool HasStorage(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration["Storage:ConnectionString"]) || !string.IsNullOrEmpty(configuration["Storage:AccountName"]);
}
