using System.Diagnostics;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.Tests.Platform.Telemetry;

/// <summary>What leaves is what is known to be harmless; the rest stays, whoever wrote it.</summary>
public sealed class CleaningTests
{
    [Theory]
    [InlineData("https://acc.table.core.windows.net/Attendance(PartitionKey='o%7C2026-11',RowKey='x')?$format=json", "Attendance")]
    [InlineData("https://acc.table.core.windows.net/Learners()?$filter=PartitionKey%20eq%20'garonne'", "Learners")]
    [InlineData("https://acc.blob.core.windows.net/sheets/garonne/2026/11/x.pdf", "sheets")]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1/t1Learners(PartitionKey='garonne',RowKey='S1')", "t1Learners")]
    [InlineData("http://azurite:10000/devstoreaccount1", "devstoreaccount1")]
    [InlineData("https://acc.table.core.windows.net/", null)]
    [InlineData("not an address", null)]
    [InlineData(null, null)]
    public void A_storage_call_is_told_by_its_table_or_container(string? address, string? place) =>
        SpanCleaner.PlaceOf(address).ShouldBe(place);

    [Fact]
    public void A_span_keeps_only_what_is_known_and_no_text_of_an_exception()
    {
        using var recorded = new Recorded();
        using (var services = Services(recorded))
        using (var span = Instruments.Traces.StartActivity("GET /l/{secret}", ActivityKind.Server))
        {
            span!.SetTag("http.route", "/l/{secret}").SetTag("url.path", "/l/abc").SetTag("enduser.id", "learner:S1").SetStatus(
                ActivityStatusCode.Error, "awa@exemple.test is unknown");
        }

        var left = recorded.Spans.Single(s => s.DisplayName == "GET /l/{secret}" && s.Status == ActivityStatusCode.Error);
        left.TagObjects.Select(t => t.Key).ShouldBe(["http.route"]);
        left.StatusDescription.ShouldBeNull();
    }

    [Fact]
    public void A_span_with_an_event_does_not_leave()
    {
        using var recorded = new Recorded();
        using (var services = Services(recorded))
        using (var span = Instruments.Traces.StartActivity("told", ActivityKind.Server))
        {
            span!.AddException(new InvalidOperationException("awa@exemple.test is unknown"));
        }

        recorded.Spans.ShouldNotContain(s => s.DisplayName == "told");
    }

    [Fact]
    public void An_exception_is_told_by_its_types_and_a_library_s_line_by_its_template()
    {
        using var recorded = new Recorded();
        using (var services = Services(recorded))
        {
            var loggers = services.GetRequiredService<ILoggerFactory>();
            var fault = new InvalidOperationException("awa@exemple.test is unknown", new FormatException("awa@exemple.test"));
            Library(loggers.CreateLogger("Kestrel"), "/l/abc", fault);
            Own(loggers.CreateLogger("Emargement.Functions.Signing"), "garonne", fault);
            Chat(loggers.CreateLogger("Kestrel"), "/l/abc");
        }

        recorded.Records.Count.ShouldBe(2, "libraries are heard from warnings on");
        recorded.Records.ShouldAllBe(r => !r.Contains("awa@", StringComparison.Ordinal)
            && r.Contains("System.InvalidOperationException < System.FormatException", StringComparison.Ordinal));
        recorded.Records[0].ShouldContain("Request {Path} broke");
        recorded.Records[0].ShouldNotContain("/l/abc");
        recorded.Records[1].ShouldContain("Signing in garonne broke");
    }

    private static ServiceProvider Services(Recorded recorded)
    {
        var services = new ServiceCollection();
        recorded.AddTo(services);
        var provider = services.BuildServiceProvider();
        provider.GetRequiredService<OpenTelemetry.Trace.TracerProvider>();
        return provider;
    }

    private static readonly Action<ILogger, string, Exception?> Library = LoggerMessage.Define<string>(
        LogLevel.Warning, new EventId(1), "Request {Path} broke");

    private static readonly Action<ILogger, string, Exception?> Own = LoggerMessage.Define<string>(
        LogLevel.Warning, new EventId(2), "Signing in {Organisation} broke");

    private static void Chat(ILogger logger, string path) =>
        LoggerMessage.Define<string>(LogLevel.Information, new EventId(3), "Request {Path} starts")(logger, path, null);
}
