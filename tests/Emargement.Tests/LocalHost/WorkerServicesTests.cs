using Emargement.Functions;
using Emargement.LocalHost.Hosting;
using Emargement.Tests.Platform;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.LocalHost;

/// <summary>What runs here is what Program builds for the Functions host: each service that differs is named.</summary>
public sealed class WorkerServicesTests
{
    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString,
        ["Storage:Prefix"] = "services",
    };

    [Fact]
    public void Only_what_speaks_with_the_Functions_host_is_taken_away() =>
        Services(EmargementApp.CreateBuilder([], Settings).Services).Except(
            Services(WorkerHost.CreateBuilder(new LocalHostOptions { Settings = Settings }).Services))
            .Select(Plain).Distinct().ShouldBe(
            [
                "IHostedService: WorkerHostedService", // opens the connection
                "ILoggerProvider: WorkerLoggerProvider", // would send the log over it
            ],
            ignoreOrder: true);

    [Fact]
    public void What_is_added_is_the_host_s_part() =>
        Services(WorkerHost.CreateBuilder(new LocalHostOptions { Settings = Settings }).Services).Except(
            Services(EmargementApp.CreateBuilder([], Settings).Services))
            .Where(s => !s.Contains("Emargement.LocalHost", StringComparison.Ordinal))
            .Select(Plain).Distinct().ShouldBe(
            [
                "IOrchestrationService: factory", // the Durable engine
                "DurableTaskShimFactory: factory", // runs orchestrators, as the worker's extension does
                "IConfigureTracerProviderBuilder: OpenTelemetryDependencyInjectionTracingServiceCollectionExtensions"
            + "+ConfigureTracerProviderBuilderCallbackWrapper", // the engine's spans
                "IHostedService: factory", // the timers
            ],
            ignoreOrder: true,
            customMessage: "Name what is meant; take the rest away.");

    private static IReadOnlyList<string> Services(IServiceCollection services) => [.. services.Where(s => !s.IsKeyedService).Select(Line)];

    private static string Line(ServiceDescriptor service) =>
        $"{service.ServiceType}|"
        + (service.ImplementationType?.ToString() ?? service.ImplementationInstance?.GetType().ToString() ?? "factory");

    // Names without their namespaces, which say nothing to a reader here.
    private static string Plain(string line) =>
        string.Join(
            ": ",
            line.Split('|').Select(
                part => System.Text.RegularExpressions.Regex.Replace(part, @"`\d+\[.*\.(\w+)\]", "<$1>").Split('.')[^1]));
}
