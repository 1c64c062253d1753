using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Emargement.Functions.Platform.Telemetry;
using Emargement.Tests.Platform.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Emargement.Tests.Platform.Telemetry;

/// <summary>Where telemetry goes is a setting: an OTLP endpoint, Azure Monitor, both, or nowhere.</summary>
public sealed class ExportersTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Traces_metrics_and_logs_arrive_at_the_endpoint_without_the_secret_of_a_link()
    {
        await using var collector = await Collector.StartAsync();
        await using (var host = await AccessHost.StartAsync(
            (TelemetryServices.Otlp, collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf")))
        {
            using var page = await host.Client().GetAsync("/l/GardeLeSecretPourToi22?who=awa@exemple.test", Cancellation);
            using var refused = await host.Client().GetAsync("/api/organisations/garonne/me", Cancellation);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        collector.Received("/v1/traces").ShouldContain("GET /l/{secret}");
        collector.Received("/v1/metrics").ShouldContain("emargement.refusals");
        collector.Received("/v1/logs").ShouldContain("Me refused a call: not-signed-in");
        collector.Received("").ShouldNotContain("GardeLeSecretPourToi22");
        collector.Received("").ShouldNotContain("awa@exemple.test");
    }

    [Fact]
    public void Azure_Monitor_is_reached_with_an_identity_and_gets_every_line_that_an_alert_may_read()
    {
        const string connection = "InstrumentationKey=00000000-0000-0000-0000-000000000001;"
            + "IngestionEndpoint=https://francecentral-1.in.applicationinsights.azure.com/";
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            new Dictionary<string, string?> { [TelemetryServices.AzureMonitor] = connection }).Build();
        TelemetryServices.IsSent(configuration).ShouldBeTrue();
        using var services = new ServiceCollection().AddTelemetry(
            configuration).AddSingleton<IConfiguration>(configuration).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<AzureMonitorExporterOptions>>().Value;

        options.ConnectionString.ShouldBe(connection);
        options.Credential.ShouldBeOfType<DefaultAzureCredential>();
        options.EnableTraceBasedLogsSampler.ShouldBeFalse();
        options.EnableLiveMetrics.ShouldBeFalse("it would send documents past the cleaning");
        services.GetServices<IHostedService>().ShouldContain(
            s => s.GetType().Namespace!.StartsWith("Azure.Monitor", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_collected()
    {
        TelemetryServices.IsSent(new ConfigurationBuilder().Build()).ShouldBeFalse();
        await using var host = await AccessHost.StartAsync();

        host.Services.GetService<TracerProvider>().ShouldBeNull();
    }

    /// <summary>Keeps what is posted to it, as text: names and values are readable in protobuf.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _posts = [];
        private readonly WebApplication _web;

        private Collector(WebApplication web) => _web = web;

        public string Address => _web.Urls.First();

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector._web.Run(collector.TakeAsync);
            await collector._web.StartAsync(Cancellation);
            return collector;
        }

        public string Received(string path) =>
            string.Concat(_posts.Where(p => p.Path.Contains(path, StringComparison.Ordinal)).Select(p => p.Body));

        public ValueTask DisposeAsync() => _web.DisposeAsync();

        private async Task TakeAsync(HttpContext http)
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            _posts.Enqueue((http.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
        }
    }
}
