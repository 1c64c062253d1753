using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Emargement.LocalHost.Invocation;

/// <summary>A function of the app: its name, its method and the parameter that triggers it.</summary>
internal sealed class FunctionEntry : FunctionDefinition
{
    private readonly PropertyInfo? _taskResult;

    private FunctionEntry(
        string name,
        MethodInfo method,
        IReadOnlyList<ParameterInfo> parameters,
        ParameterInfo triggerParameter,
        TriggerBindingAttribute trigger)
    {
        Name = name;
        Method = method;
        TriggerParameter = triggerParameter;
        Trigger = trigger;
        BoundParameters = parameters;
        Parameters = [.. BoundParameters.Select(p => new FunctionParameter(p.Name!, p.ParameterType))];
        EntryPoint = $"{method.DeclaringType!.FullName}.{method.Name}";
        InputBindings = ImmutableDictionary<string, BindingMetadata>.Empty.Add(
            triggerParameter.Name!, new TriggerMetadata(triggerParameter.Name!, TypeOf(trigger)));
        _taskResult = method.ReturnType.IsGenericType ? method.ReturnType.GetProperty(nameof(Task<>.Result)) : null;
    }

    public override string Name { get; }

    public override string Id => Name;

    public override string EntryPoint { get; }

    public override string PathToAssembly => Method.Module.FullyQualifiedName;

    public override ImmutableArray<FunctionParameter> Parameters { get; }

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } =
        ImmutableDictionary<string, BindingMetadata>.Empty;

    public MethodInfo Method { get; }

    public IReadOnlyList<ParameterInfo> BoundParameters { get; }

    public ParameterInfo TriggerParameter { get; }

    public TriggerBindingAttribute Trigger { get; }

    /// <summary>The function a method declares, or null when it declares none.</summary>
    /// <exception cref="InvalidOperationException">The Functions host would refuse it: not public, or without a trigger.</exception>
    public static FunctionEntry? Read(MethodInfo method)
    {
        if (method.GetCustomAttribute<FunctionAttribute>() is not { } function)
        {
            return null;
        }

        if (!method.IsPublic || !method.DeclaringType!.IsVisible)
        {
            throw new InvalidOperationException(
                $"Function {function.Name}: {method.DeclaringType}.{method.Name} and its class must be public.");
        }

        // Asked once: two threads that ask first may get different objects for the same parameter, and the trigger is told by its object.
        var parameters = method.GetParameters();
        var triggers = parameters
            .Select(p => (Parameter: p, Trigger: p.GetCustomAttribute<TriggerBindingAttribute>()))
            .Where(p => p.Trigger is not null)
            .ToList();
        return triggers is [var (parameter, trigger)]
            ? new FunctionEntry(function.Name, method, parameters, parameter, trigger!)
            : throw new InvalidOperationException($"Function {function.Name} has {triggers.Count} triggers: it must have one.");
    }

    /// <summary>Calls the method and waits for it; the value of its task, or null.</summary>
    public async Task<object?> CallAsync(object? instance, object?[] arguments)
    {
        var returned = Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (returned is not Task task)
        {
            return returned;
        }

        await task;
        return _taskResult?.GetValue(task);
    }

    // HttpTriggerAttribute -> httpTrigger, as in the function's metadata.
    private static string TypeOf(TriggerBindingAttribute trigger)
    {
        var name = trigger.GetType().Name[..^nameof(Attribute).Length];
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private sealed class TriggerMetadata(string name, string type) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => type;

        public override BindingDirection Direction => BindingDirection.In;
    }
}
