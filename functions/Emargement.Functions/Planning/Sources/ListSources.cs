using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Runs;

namespace Emargement.Functions.Planning.Sources;

/// <summary>A source as its managers see it.</summary>
/// <param name="Host">The server; the address itself is never given back.</param>
/// <param name="NextRun">When it runs by itself next, UTC; null while it is paused.</param>
/// <param name="LastRun">Names the run in <c>GET …/imports/{run}</c>.</param>
/// <param name="LastCode">Why the last run gave nothing; null when it did.</param>
/// <param name="FailedNights">Nights in a row that gave nothing; at three the managers get a mail.</param>
public sealed record SourceView(
    string Id, SourceKind Kind, string Name, string Host, bool Paused, DateTimeOffset? NextRun, string? LastRun, ImportRunState? LastState,
    DateTimeOffset? LastAt, string? LastCode, int Created, int Updated, int Cancelled, int Rejected, int FailedNights)
{
    public static SourceView Of(PlanningSource source, Organisation organisation, DateTimeOffset now) => new(
        source.Id, source.Kind, source.Name, source.Host, source.Paused, source.NextRun(organisation, now),
        source.Last.Run, source.Last.State, source.Last.At, source.Last.Code, source.Last.Created, source.Last.Updated,
        source.Last.Cancelled, source.Last.Rejected, source.Last.FailedNights);
}

/// <summary>Shows an organisation's sources.</summary>
public sealed class ListSources(PlanningSourcesTable sources, TimeProvider time)
{
    public async Task<Result<IReadOnlyList<SourceView>>> RunAsync(Organisation organisation, CancellationToken cancellation)
    {
        var all = await sources.ListAsync(organisation.Id, cancellation);
        return all.Select(s => SourceView.Of(s.Value, organisation, time.GetUtcNow())).ToList();
    }
}
