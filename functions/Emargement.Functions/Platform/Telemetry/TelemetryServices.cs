using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Emargement.Functions.Platform.Telemetry;

/// <summary>Traces, metrics and logs by OpenTelemetry: to Azure Monitor, to an OTLP endpoint, to both, or to neither.</summary>
internal static class TelemetryServices
{
    /// <summary>Settings that every library of OpenTelemetry and of Azure Monitor knows by these names.</summary>
    internal const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    internal const string Otlp = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // It puts the address of the request, secrets included, around every line of the log.
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    // A class that signs within a minute is measured whole by the metrics; of its traces a few a second tell enough.
    internal const double TracesPerSecond = 5;

    // The libraries of Azure, and the client and the host of orchestrations.
    private static readonly string[] Sources = [Instruments.Name, $"{SpanCleaner.AzureSources}*", "Microsoft.DurableTask"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<Instruments>();
        services.AddSingleton<TelemetryMiddleware>();
        services.AddLogging(logging => logging.AddFilter(Requests, LogLevel.None));
        if (!IsSent(configuration))
        {
            return services;
        }

        Check(configuration);
        var telemetry = services.CollectTelemetry();
        if (configuration[AzureMonitor] is { Length: > 0 } connection)
        {
            telemetry.UseAzureMonitorExporter(options =>
            {
                options.ConnectionString = connection;
                options.Credential = new DefaultAzureCredential();
                options.TracesPerSecond = TracesPerSecond;
                // Alerts read lines of the log: none may go because its trace was not chosen.
                options.EnableTraceBasedLogsSampler = false;
                options.EnableLiveMetrics = false;
            });
        }

        if (configuration[Otlp] is { Length: > 0 })
        {
            telemetry.UseOtlpExporter();
        }

        return services;
    }

    /// <summary>Whether anything receives telemetry.</summary>
    public static bool IsSent(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[AzureMonitor]) || !string.IsNullOrEmpty(configuration[Otlp]);

    /// <summary>Refused here, the sentence names the setting; refused by the exporter, it would not.</summary>
    private static void Check(IConfiguration configuration)
    {
        if (configuration[AzureMonitor] is { Length: > 0 } connection
            && !connection.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase))
        {
            throw new OptionsValidationException(
                AzureMonitor,
                typeof(TelemetryServices),
                [
                    $"{AzureMonitor} is the connection string of an Application Insights resource: "
                        + "InstrumentationKey=…;IngestionEndpoint=….",
                ]);
        }

        if (configuration[Otlp] is { Length: > 0 } collector
            && !(Uri.TryCreate(collector, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https")))
        {
            throw new OptionsValidationException(
                Otlp, typeof(TelemetryServices), [$"{Otlp} is the address of an OpenTelemetry collector, such as http://localhost:4317."]);
        }
    }

    /// <summary>Collects and cleans; whoever exports is added after this.</summary>
    internal static OpenTelemetryBuilder CollectTelemetry(this IServiceCollection services)
    {
        services.AddLogging(logging => logging
            .AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Warning)
            .AddFilter<OpenTelemetryLoggerProvider>(Requests, LogLevel.None)
            .AddFilter<OpenTelemetryLoggerProvider>(Instruments.Name, LogLevel.Information));
        return services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("emargement"))
            .WithTracing(tracing => tracing.AddSource(Sources).AddProcessor(new SpanCleaner()))
            .WithMetrics(metrics => metrics.AddMeter(Instruments.Name))
            .WithLogging(logging => logging.AddProcessor(new LogCleaner()), options =>
            {
                options.IncludeFormattedMessage = true;
                options.IncludeScopes = false;
            });
    }
}
