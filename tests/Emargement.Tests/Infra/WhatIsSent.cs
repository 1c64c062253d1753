using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Emargement.Functions;
using Emargement.Functions.Platform.Mail;
using Emargement.Functions.Platform.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Emargement.Tests.Infra;

/// <summary>What the code sends, and what a query asks for: a query whose words no code writes would stay silent for ever.</summary>
internal static partial class WhatIsSent
{
    private static readonly MethodInfo[] Methods =
    [
        .. typeof(EmargementApp).Assembly.GetTypes()
            .SelectMany(
                t => t.GetMethods(
                    BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance
                    | BindingFlags.DeclaredOnly)),
    ];

    private static readonly string[] Lines =
    [
        .. Methods.Select(m => m.GetCustomAttribute<LoggerMessageAttribute>()?.Message).OfType<string>(),
    ];

    private static readonly string[] Functions = [.. Methods.Select(m => m.GetCustomAttribute<FunctionAttribute>()?.Name).OfType<string>()];

    private static readonly string[] Orchestrations =
    [
        .. Methods.Where(m => m.GetParameters().Any(p => p.IsDefined(typeof(OrchestrationTriggerAttribute), inherit: false)))
            .Select(m => m.GetCustomAttribute<FunctionAttribute>()!.Name),
    ];

    private static readonly string[] Outcomes =
    [
        TelemetryMiddleware.Done, TelemetryMiddleware.Refused, TelemetryMiddleware.Fault, .. Enum.GetNames<MailState>(),
    ];

    public static IReadOnlyList<string> Metrics { get; } = ReadMetrics();

    /// <summary>Everything that the query names and no code writes.</summary>
    public static IEnumerable<string> Unknown(string query) =>
    [
        .. Named(Metric(), query).Except(Metrics),
        .. Named(Line(), query).Where(text => !Array.Exists(Lines, line => line.Contains(text, StringComparison.Ordinal))),
        .. Named(Function(), query).Except(Functions),
        .. Named(Orchestration(), query).Except(Orchestrations),
        .. Named(Outcome(), query).Except(Outcomes),
        .. Named(Trigger(), query).Except(["http", "timer", "activity"]),
        .. Named(Tag(), query).Except(
            ["method", "reason", "timer", "outcome", "orchestration", "version", "function", "trigger", "Function", "ExceptionTypes",
                "emargement.function", "faas.trigger", "db.collection.name"]),
    ];

    /// <summary>How many things of the code the query names.</summary>
    public static int Count(string query) =>
        Metric().Count(query) + Line().Count(query) + Orchestration().Count(query) + Tag().Count(query);

    private static IEnumerable<string> Named(Regex pattern, string query) => pattern.Matches(query).Select(m => m.Groups["name"].Value);

    private static List<string> ReadMetrics()
    {
        var names = new List<string>();
        using var instruments = new Instruments();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (ReferenceEquals(instrument.Meter, instruments.Meter))
                {
                    names.Add(instrument.Name);
                }
            },
        };
        listener.Start();
        return names;
    }

    [GeneratedRegex("""["'](?<name>emargement\.(?!function["'])[a-z.]+)["']""")]
    private static partial Regex Metric();

    [GeneratedRegex("""Message (?:startswith|has) "(?<name>[^"]+)""")]
    private static partial Regex Line();

    [GeneratedRegex("""(?:Properties\["function"\]\)) [!=]= "(?<name>\w+)""")]
    private static partial Regex Function();

    [GeneratedRegex("""(?:Properties\.orchestration\) [!=]= "|orchestration:)(?<name>\w+)""")]
    private static partial Regex Orchestration();

    [GeneratedRegex("""Properties\.outcome\) [!=]= "(?<name>\w+)""")]
    private static partial Regex Outcome();

    [GeneratedRegex("""(?:Properties\.trigger\)|"faas\.trigger"\]\)) [!=]= "(?<name>\w+)""")]
    private static partial Regex Trigger();

    [GeneratedRegex("""Properties(?:\.(?<name>\w+)|\["(?<name>[\w.]+)"\])""")]
    private static partial Regex Tag();
}
