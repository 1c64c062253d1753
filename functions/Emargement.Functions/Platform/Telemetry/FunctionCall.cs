using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Platform.Telemetry;

/// <summary>What telemetry says of a call: its function and, for HTTP, the template of its address, never the address.</summary>
/// <param name="Trigger">http, timer, activity or orchestration.</param>
/// <param name="Route">With a leading slash; null without HTTP.</param>
internal sealed record FunctionCall(string Function, string Trigger, string? Route)
{
    private const string TriggerSuffix = "Trigger";

    private static readonly ConcurrentDictionary<string, FunctionCall> Known = new();

    public bool IsOrchestration => Trigger == "orchestration";

    public static FunctionCall Of(FunctionDefinition function) =>
        Known.GetOrAdd(function.EntryPoint, (entry, f) => Read(f, entry), function);

    private static FunctionCall Read(FunctionDefinition function, string entryPoint)
    {
        var trigger = function.InputBindings.Values.Select(b => b.Type).FirstOrDefault(
            t => t.EndsWith(TriggerSuffix, StringComparison.OrdinalIgnoreCase));
        return new FunctionCall(function.Name, trigger?[..^TriggerSuffix.Length] ?? "other", RouteOf(function.Name, entryPoint));
    }

    private static string? RouteOf(string function, string entryPoint)
    {
        var dot = entryPoint.LastIndexOf('.');
        var http = typeof(FunctionCall).Assembly.GetType(entryPoint[..dot])?.GetMethod(entryPoint[(dot + 1)..])?.GetParameters()
            .Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().FirstOrDefault();
        return http is null ? null : "/" + (http.Route ?? function);
    }
}
