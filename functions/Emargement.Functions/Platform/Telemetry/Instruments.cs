using System.Diagnostics;
using System.Diagnostics.Metrics;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Functions.Platform.Telemetry;

/// <summary>
/// What this system measures of itself. Tags are methods, codes and names of functions:
/// never a person, an organisation or an address.
/// </summary>
public sealed class Instruments : IDisposable
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "Emargement";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _signatures;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _mails;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _sealDelay;
    private readonly Histogram<double> _calls;
    private readonly Gauge<double> _importAge;
    private readonly Gauge<long> _importsLate;
    private readonly Gauge<double> _exportAge;
    private readonly Gauge<long> _exportsLate;
    private readonly Gauge<long> _mailsWaiting;
    private readonly Gauge<double> _timerAge;

    public Instruments()
    {
        _signatures = _meter.CreateCounter<long>("emargement.signatures", "{signature}", "Half-days signed by learners, by method.");
        _refusals = _meter.CreateCounter<long>("emargement.refusals", "{refusal}", "Calls refused, by reason.");
        _mails = _meter.CreateCounter<long>("emargement.mails", "{mail}", "Mails that came to their end, by outcome.");
        _failures = _meter.CreateCounter<long>(
            "emargement.orchestrations.failed", "{run}", "Background runs that ended in failure, by orchestration.");
        _sealDelay = _meter.CreateHistogram<double>(
            "emargement.seal.delay", "s", "From the closing of a half-day, or its correction, to its sealed sheet.");
        _calls = _meter.CreateHistogram<double>("emargement.function.duration", "s", "Calls of functions, by function and outcome.");
        _importAge = _meter.CreateGauge<double>("emargement.import.age", "s", "Since a nightly import last ended.");
        _importsLate = _meter.CreateGauge<long>(
            "emargement.import.late", "{organisation}", "Organisations whose last night has not been imported an hour after its time.");
        _exportAge = _meter.CreateGauge<double>("emargement.export.age", "s", "Since a Region's month was last exported whole.");
        _exportsLate = _meter.CreateGauge<long>(
            "emargement.export.late", "{month}", "Months of Regions not exported a day after their end.");
        _mailsWaiting = _meter.CreateGauge<long>(
            "emargement.mails.waiting", "{mail}", "Mails that wait for a place in the provider's limits.");
        _timerAge = _meter.CreateGauge<double>("emargement.timer.age", "s", "Since a timer last ran to its end, by timer.");
    }

    internal static ActivitySource Traces { get; } = new(Name);

    internal Meter Meter => _meter;

    public void Signed(SigningMethod method) => _signatures.Add(1, Tag("method", method.ToString()));

    public void Refused(string code) => _refusals.Add(1, Tag("reason", code));

    public void MailEnded(string outcome) => _mails.Add(1, Tag("outcome", outcome));

    public void OrchestrationFailed(string orchestration) => _failures.Add(1, Tag("orchestration", orchestration));

    /// <param name="facts">Those that the sheet says; the last of them is what it waited for.</param>
    public void Sealed(IEnumerable<Fact> facts, int version, DateTimeOffset now) =>
        _sealDelay.Record((now - facts.Max(f => f.At)).TotalSeconds, Tag("version", version == 1 ? "first" : "later"));

    public void Called(string function, string trigger, string outcome, TimeSpan took) =>
        _calls.Record(took.TotalSeconds, Tag("function", function), Tag("trigger", trigger), Tag("outcome", outcome));

    /// <param name="age">Null when none has ever ended.</param>
    public void Imports(TimeSpan? age, int late) => Note(_importAge, age, _importsLate, late);

    /// <inheritdoc cref="Imports"/>
    public void Exports(TimeSpan? age, int late) => Note(_exportAge, age, _exportsLate, late);

    public void MailsWaiting(int count) => _mailsWaiting.Record(count);

    public void TimerRan(string timer, TimeSpan age) => _timerAge.Record(age.TotalSeconds, Tag("timer", timer));

    public void Dispose() => _meter.Dispose();

    private static void Note(Gauge<double> ages, TimeSpan? age, Gauge<long> lates, int late)
    {
        if (age is { } known)
        {
            ages.Record(known.TotalSeconds);
        }

        lates.Record(late);
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
