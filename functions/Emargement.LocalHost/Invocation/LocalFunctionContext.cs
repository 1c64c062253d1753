using System.Collections;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.LocalHost.Invocation;

/// <summary>One call of a function, as its middlewares and its FunctionContext parameter see it.</summary>
internal sealed class LocalFunctionContext(
    FunctionEntry function, IServiceProvider services, CancellationToken cancellation) : FunctionContext
{
    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => function.Id;

    public override TraceContext TraceContext => new LocalTrace(TraceParent ?? string.Empty);

    public override BindingContext BindingContext => new LocalBinding(BindingData);

    public override RetryContext RetryContext { get; } = new NoRetry();

    public override IServiceProvider InstanceServices { get; set; } = services;

    public override FunctionDefinition FunctionDefinition => function;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new LocalFeatures();

    public override CancellationToken CancellationToken => cancellation;

    public FunctionEntry Function => function;

    /// <summary>Route values or trigger data, by name.</summary>
    public IReadOnlyDictionary<string, object?> BindingData { get; init; } = new Dictionary<string, object?>();

    /// <summary>The span from which the call comes, as W3C's <c>traceparent</c>; null when it begins a trace.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What the trigger itself gives to its parameter.</summary>
    public object? TriggerValue { get; init; }

    /// <summary>Reads the input of an orchestration as the type of a further parameter; null for other triggers.</summary>
    public Func<Type, object?>? ReadInput { get; init; }

    /// <summary>What the function returned; null when a middleware answered in its place.</summary>
    public object? Result { get; set; }

    private sealed class LocalTrace(string parent) : TraceContext
    {
        public override string TraceParent => parent;

        public override string TraceState => string.Empty;
    }

    private sealed class LocalBinding(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class NoRetry : RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }

    private sealed class LocalFeatures : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> _features = [];

        public T? Get<T>() => _features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public void Set<T>(T instance) => _features[typeof(T)] = instance!;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => _features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
