using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.LocalHost.Orchestration;

public sealed class SampleActivities(Journal journal)
{
    [Function("Note")]
    public string Note([ActivityTrigger] string line)
    {
        journal.Write(line);
        return line.ToUpperInvariant();
    }

    /// <summary>Fails until it has been called that often for this key.</summary>
    [Function("FailUntil")]
    public int FailUntil([ActivityTrigger] Attempts wanted)
    {
        journal.Write(wanted.Key);
        var calls = journal.Lines.Count(l => l == wanted.Key);
        return calls >= wanted.Calls ? calls : throw new TimeoutException($"call {calls} of {wanted.Key}");
    }

    public sealed record Attempts(string Key, int Calls);
}
