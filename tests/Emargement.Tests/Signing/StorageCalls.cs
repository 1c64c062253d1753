using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Emargement.Tests.Signing;

/// <summary>
/// Counts the calls that reach the storage, so that a test can hold an action to its budget, and lets a test say when each may go.
/// </summary>
public sealed class StorageCalls : HttpPipelinePolicy
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>Method and path of each call since <see cref="Reset"/>.</summary>
    public IReadOnlyList<string> Made => [.. _calls];

    /// <summary>Awaited before each call, which is given as in <see cref="Made"/>.</summary>
    public Func<string, Task>? Before { get; set; }

    /// <summary>How many calls named a table or container.</summary>
    public int Of(string name) => _calls.Count(c => c.Contains(name, StringComparison.Ordinal));

    public void Reset() => _calls.Clear();

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        ProcessNext(message, pipeline);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var call = Note(message);
        if (Before is { } before)
        {
            await before(call);
        }

        await ProcessNextAsync(message, pipeline);
    }

    private string Note(HttpMessage message)
    {
        var call = $"{message.Request.Method} {message.Request.Uri.Path}";
        _calls.Enqueue(call);
        return call;
    }
}
