using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Trace;

namespace Emargement.Tests.Platform.Telemetry;

/// <summary>
/// Takes what a host of this process would send: its cleaned spans and log records, its
/// measurements, and all that is logged at all.
/// </summary>
internal sealed class Recorded : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ConcurrentQueue<string> _records = [];
    private readonly ConcurrentQueue<Measurement> _measurements = [];
    private readonly ListLoggers _loggers = new();
    private readonly MeterListener _meters = new();

    /// <summary>Spans of every host of this process that runs meanwhile: a test looks for its own trace.</summary>
    public IReadOnlyList<Activity> Spans => [.. _spans];

    /// <summary>Log records as they would be sent.</summary>
    public IReadOnlyList<string> Records => [.. _records];

    /// <summary>Log lines as every logger sees them, with their scopes and exceptions.</summary>
    public IReadOnlyList<string> Lines => [.. _loggers.Lines];

    public IReadOnlyList<Measurement> Measurements => [.. _measurements];

    /// <summary>
    /// Names, tags, events, links and status of all spans, tags of all measurements, and all log records, as one list of texts.
    /// </summary>
    public IEnumerable<string> Everything =>
        _spans.Select(TextOf).Concat(_measurements.Select(m => m.ToString())).Concat(_records).Concat(_loggers.Lines);

    public void AddTo(IServiceCollection services)
    {
        services.CollectTelemetry()
            .WithTracing(tracing => tracing.AddProcessor(new SimpleActivityExportProcessor(new SpanKeeper(_spans))))
            .WithLogging(logging => logging.AddProcessor(new SimpleLogRecordExportProcessor(new RecordKeeper(_records))));
        services.AddLogging(logging => logging.AddProvider(_loggers));
    }

    /// <summary>Listens to one host's instruments from now on.</summary>
    public Recorded Listen(Instruments instruments)
    {
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter, instruments.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>(
            (instrument, value, tags, _) => _measurements.Enqueue(Measurement.Of(instrument, value, tags)));
        _meters.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => _measurements.Enqueue(Measurement.Of(instrument, value, tags)));
        _meters.Start();
        return this;
    }

    /// <summary>Values of an instrument, in order; with a tag's value, those alone.</summary>
    public IReadOnlyList<double> Of(string instrument, string? tag = null) =>
        [.. _measurements.Where(m => m.Instrument == instrument && (tag is null || m.Tags.Values.Contains(tag))).Select(m => m.Value)];

    public void Dispose()
    {
        _meters.Dispose();
        _loggers.Dispose();
    }

    private static string TextOf(Activity span)
    {
        var events = span.Events.Select(e => $"{e.Name} {string.Join(' ', e.Tags.Select(t => $"{t.Key}={t.Value}"))}");
        var links = span.Links.SelectMany(l => l.Tags ?? []).Select(t => $"{t.Key}={t.Value}");
        return string.Join(
            ' ',
            [span.Source.Name, span.OperationName, span.DisplayName, span.StatusDescription,
                span.TraceStateString, .. span.TagObjects.Select(t => $"{t.Key}={t.Value}"), .. events, .. links]);
    }

    private sealed class SpanKeeper(ConcurrentQueue<Activity> kept) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                kept.Enqueue(span);
            }

            return ExportResult.Success;
        }
    }

    // Records are used again after their export: only a text of each is kept.
    private sealed class RecordKeeper(ConcurrentQueue<string> kept) : BaseExporter<LogRecord>
    {
        public override ExportResult Export(in Batch<LogRecord> batch)
        {
            foreach (var record in batch)
            {
                var scopes = new List<string>();
                record.ForEachScope((scope, all) => all.Add($"{scope.Scope}"), scopes);
                var attributes = record.Attributes?.Select(a => $"{a.Key}={a.Value}") ?? [];
                kept.Enqueue(string.Join(
                    ' ', [record.CategoryName, record.FormattedMessage, record.Body, $"{record.Exception}", .. attributes, .. scopes]));
            }

            return ExportResult.Success;
        }
    }
}

/// <summary>One value that an instrument was given.</summary>
internal sealed record Measurement(string Instrument, double Value, IReadOnlyDictionary<string, string> Tags)
{
    public static Measurement Of(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        new(instrument.Name, value, tags.ToArray().ToDictionary(t => t.Key, t => $"{t.Value}"));

    public override string ToString() => $"{Instrument} {Value} {string.Join(' ', Tags.Select(t => $"{t.Key}={t.Value}"))}";
}

/// <summary>Keeps what every logger is given: sentence, values, exception and scopes.</summary>
internal sealed class ListLoggers : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Keeper(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Keeper(ListLoggers owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<string>();
            owner._scopes.ForEachScope((scope, all) => all.Add($"{scope}"), scopes);
            var values = state is IEnumerable<KeyValuePair<string, object?>> pairs ? pairs.Select(p => $"{p.Key}={p.Value}") : [];
            owner.Lines.Enqueue(string.Join(' ', [category, formatter(state, exception), $"{exception}", .. values, .. scopes]));
        }
    }
}
