using Emargement.Functions.Platform.Audit;

namespace Emargement.Functions.Journal;

/// <summary>
/// Copies what was written since the last time to where it is asked for: under the person, the session and whoever acted. An act costs one
/// insert that way; until then its event is read where it was written.
/// </summary>
public sealed class CompleteAudit(AuditTable table, TimeProvider time)
{
    /// <summary>How far a row may come after its instant.</summary>
    internal static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    /// <summary>How far back the first look goes.</summary>
    internal static readonly TimeSpan FirstReach = TimeSpan.FromDays(62);

    private static readonly TimeSpan NotedAtLeast = TimeSpan.FromDays(1);

    /// <returns>How many events were looked at.</returns>
    public async Task<int> RunAsync(string scope, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var before = await table.CopiedUntilAsync(scope, cancellation);
        var from = before - Overlap ?? now - FirstReach;
        var events = await table.BetweenAsync(scope, from, now, null, cancellation).ToListAsync(cancellation);
        foreach (var some in events.Chunk(8))
        {
            await Task.WhenAll(some.Select(e => table.CopyAsync(e, cancellation)));
        }

        if (events.Count > 0 || before is null || now - before > NotedAtLeast)
        {
            await table.NoteCopiedAsync(scope, now, cancellation);
        }

        return events.Count;
    }
}
