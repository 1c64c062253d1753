using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.LocalHost.Invocation;

/// <summary>Calls a function as the worker does: through the app's middlewares in their order, then with its parameters bound.</summary>
internal sealed class FunctionPipeline
{
    private readonly FunctionExecutionDelegate _first;

    public FunctionPipeline(IReadOnlyList<Type> middlewares)
    {
        FunctionExecutionDelegate next = CallFunctionAsync;
        foreach (var type in middlewares.Reverse())
        {
            var inner = next;
            next = context => ((IFunctionsWorkerMiddleware)context.InstanceServices.GetRequiredService(type)).Invoke(context, inner);
        }

        _first = next;
    }

    public Task InvokeAsync(LocalFunctionContext context) => _first(context);

    private static async Task CallFunctionAsync(FunctionContext context)
    {
        var call = (LocalFunctionContext)context;
        var function = call.Function;
        var arguments = function.BoundParameters
            .Select(p => p == function.TriggerParameter
                ? call.TriggerValue
                : Bind(p.ParameterType, p.Name!, p.HasDefaultValue ? p.DefaultValue : null, call))
            .ToArray();
        var instance = function.Method.IsStatic
            ? null
            : ActivatorUtilities.CreateInstance(call.InstanceServices, function.Method.DeclaringType!);
        try
        {
            call.Result = await function.CallAsync(instance, arguments);
        }
        finally
        {
            switch (instance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
    }

    private static object? Bind(Type type, string name, object? otherwise, LocalFunctionContext call)
    {
        if (type == typeof(FunctionContext))
        {
            return call;
        }

        if (type == typeof(CancellationToken))
        {
            return call.CancellationToken;
        }

        if (type == typeof(DurableTaskClient))
        {
            return call.InstanceServices.GetRequiredService<DurableTaskClient>();
        }

        if (call.ReadInput is { } readInput)
        {
            return readInput(type);
        }

        return call.BindingData.TryGetValue(name, out var value) && value is not null
            ? BoundValue.Convert(value, type, name, call.Function.Name)
            : otherwise;
    }
}
