using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Emargement.LocalHost.Invocation;

/// <summary>Every function of the app, found by its attributes as the Functions host finds them.</summary>
internal sealed class FunctionCatalog
{
    private readonly Dictionary<string, FunctionEntry> _byName;

    /// <exception cref="InvalidOperationException">Two functions share a name, whatever its case.</exception>
    public FunctionCatalog(IEnumerable<Type> types)
    {
        const BindingFlags any =
            BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var entries = types.SelectMany(t => t.GetMethods(any)).Select(FunctionEntry.Read).OfType<FunctionEntry>().ToList();
        var doubles = entries.GroupBy(e => e.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1);
        if (doubles is not null)
        {
            throw new InvalidOperationException(
                $"Function name {doubles.Key} is used twice: {string.Join(", ", doubles.Select(e => e.EntryPoint))}.");
        }

        _byName = entries.ToDictionary(e => e.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether any function is triggered by something other than HTTP, or starts orchestrations.</summary>
    public bool NeedsStorage => _byName.Values.Any(
        f => f.Trigger is not HttpTriggerAttribute || f.BoundParameters.Any(
            p => p.IsDefined(typeof(DurableClientAttribute), inherit: false)));

    public IEnumerable<(FunctionEntry Function, TTrigger Trigger)> WithTrigger<TTrigger>()
        where TTrigger : TriggerBindingAttribute =>
        _byName.Values.Where(f => f.Trigger is TTrigger).Select(f => (f, (TTrigger)f.Trigger));

    /// <summary>The function of that name and trigger, or null.</summary>
    public FunctionEntry? Find<TTrigger>(string name)
        where TTrigger : TriggerBindingAttribute =>
        _byName.TryGetValue(name, out var found) && found.Trigger is TTrigger ? found : null;
}
