using System.Collections.Concurrent;
using System.Reflection;
using Emargement.Functions.Platform.Access;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Platform.Audit;

/// <summary>What the audit says of a function's calls.</summary>
/// <param name="Kind">Null when what it does is not recorded.</param>
/// <param name="OfCaller">Whether it is about the caller's own account.</param>
/// <param name="IsChange">Whether it records that something changed.</param>
internal sealed record AuditRule(string Function, AuditKind? Kind, bool OfCaller, bool IsChange)
{
    private const Callers Staff = Callers.Trainer | Callers.Manager | Callers.Machine | Callers.RegionKey | Callers.Operator
        | Callers.Officer;

    // The pages of one's own account; the API has them under /me/.
    private static readonly string[] OwnPages = ["o/{org}/account", "o/{org}/second-step", "r/{region}/account", "r/{region}/second-step"];

    private static readonly ConcurrentDictionary<string, AuditRule> Known = new();

    public static AuditRule Of(FunctionDefinition function) =>
        Known.GetOrAdd(function.EntryPoint, entry => Of(function.Name, AccessRule.MethodOf(entry)));

    public static AuditRule Of(string function, MethodInfo method)
    {
        var trigger = method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).First(t => t is not null)!;
        var changes = trigger.Methods!.Any(m => !m.Equals("get", StringComparison.OrdinalIgnoreCase)
            && !m.Equals("head", StringComparison.OrdinalIgnoreCase));
        var byDefault = changes
            && ((method.GetCustomAttribute<AccessAttribute>()?.Callers ?? Callers.None) & Staff) != Callers.None
            && !method.IsDefined(typeof(OwnFactsAttribute));
        var kind = method.GetCustomAttribute<AuditAttribute>()?.Kind ?? (byDefault ? AuditKind.Act : null);
        return new AuditRule(function, kind, IsOwn(trigger.Route!), changes && kind is not null);
    }

    private static bool IsOwn(string route) =>
        $"{route}/".Contains("/me/", StringComparison.Ordinal) || Array.Exists(OwnPages, page => page == route);
}
