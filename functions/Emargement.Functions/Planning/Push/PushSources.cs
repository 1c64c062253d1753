using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Planning.Sources;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Push;

/// <summary>The sources of systems that push: each is there from its first push on, under the name that it gives itself, whatever its
/// key.</summary>
public sealed partial class PushSources(PlanningSourcesTable sources, TimeProvider time)
{
    private const string Unnamed = "push";

    /// <summary>How long a source that pushes nothing new goes without a note that it does push.</summary>
    private static readonly TimeSpan Sign = TimeSpan.FromHours(1);

    /// <returns>The source's name, or <c>push-source-invalid</c>.</returns>
    public static Result<string> NameOf(string? given) =>
        string.IsNullOrEmpty(given) ? Unnamed : Shape().IsMatch(given) ? given : PushRefusals.SourceInvalid;

    public static string IdOf(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{SourceKind.Push} {name}")).AsSpan(0, 4));

    /// <returns>The source, made if it is new; or <c>source-paused</c>, <c>too-many-sources</c>.</returns>
    public async Task<Result<Stored<PlanningSource>>> OpenAsync(
        Organisation organisation, string name, string by, CancellationToken cancellation)
    {
        var id = IdOf(name);
        if (await sources.FindAsync(organisation.Id, id, cancellation) is { } found)
        {
            return found.Value.Paused ? PushRefusals.Paused : found;
        }

        if ((await sources.ListAsync(organisation.Id, cancellation)).Count >= SourceRefusals.MaxSources)
        {
            return SourceRefusals.TooMany;
        }

        var made = new PlanningSource(id, SourceKind.Push, name, null, "", false, by, time.GetUtcNow(), SourceOutcome.None);
        await sources.TryInsertAsync(organisation.Id, made, cancellation);
        return (await sources.FindAsync(organisation.Id, id, cancellation))!;
    }

    /// <summary>Notes what was pushed: the counts are those of a local day.</summary>
    /// <param name="run">Of which a report is kept; null when none is.</param>
    public async Task NoteAsync(
        Organisation organisation, Stored<PlanningSource> source, IReadOnlyList<PushedItem> items, ImportRunId? run,
        CancellationToken cancellation)
    {
        var (now, last) = (time.GetUtcNow(), source.Value.Last);
        if (items.All(i => i.Outcome == PushOutcome.Unchanged) && last.At > now - Sign)
        {
            return;
        }

        var day = $"{organisation.Zone.DateAt(now):yyyy-MM-dd}";
        var before = last.Night == day ? last : SourceOutcome.None;
        var note = new SourceOutcome(
            run?.ToString() ?? last.Run, ImportRunState.Done, now, null, null, before.Created + Count(PushOutcome.Created),
            before.Updated + Count(PushOutcome.Updated), before.Cancelled + Count(PushOutcome.Cancelled),
            before.Rejected + Count(PushOutcome.Rejected), 0, day);

        // Whoever changed the source in between, a manager who paused it, is not overwritten: the next push counts anew.
        await sources.ReplaceAsync(organisation.Id, source.Value with { Last = note }, source.ETag, cancellation);

        int Count(PushOutcome outcome) => items.Count(i => i.Outcome == outcome);
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,31}\z")]
    private static partial Regex Shape();
}
