using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Emargement.Tests.Signing;

/// <summary>Counts the calls that reach the storage, so that a test can hold an action to its budget.</summary>
public sealed class StorageCalls : HttpPipelineSynchronousPolicy
{
    private readonly ConcurrentQueue<string> _calls = new();

    /// <summary>Method and path of each call since <see cref="Reset"/>.</summary>
    public IReadOnlyList<string> Made => [.. _calls];

    /// <summary>How many calls named a table or container.</summary>
    public int Of(string name) => _calls.Count(c => c.Contains(name, StringComparison.Ordinal));

    public void Reset() => _calls.Clear();

    public override void OnSendingRequest(HttpMessage message) => _calls.Enqueue($"{message.Request.Method} {message.Request.Uri.Path}");
}
