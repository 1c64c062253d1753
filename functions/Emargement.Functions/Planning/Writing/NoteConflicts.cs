using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Planning.Writing;

/// <summary>Keeps in the rows that people changed what a file says otherwise, for whoever is to decide; and takes it out again when the
/// file no longer says so. A file that says the same again costs nothing.</summary>
public sealed class NoteConflicts(SessionsTable sessions, MonthMarksTable marks, TimeProvider time)
{
    /// <param name="asked">Rows that have such a note already, and of which the file speaks.</param>
    public async Task RunAsync(
        OrganisationId organisation, IReadOnlyList<SlotConflict> conflicts, IReadOnlyList<Session> asked, CancellationToken cancellation)
    {
        var noted = asked.ToDictionary(row => row.Id, row => row.Asked!.Version);
        var news = conflicts.DistinctBy(c => c.Session).ToDictionary(c => c.Session);
        var changed = news.Values.Where(c => noted.GetValueOrDefault(c.Session) != c.Version).Select(c => c.Session)
            .Concat(noted.Keys.Where(id => !news.ContainsKey(id)))
            .ToList();
        await Parallel.ForEachAsync(
            changed,
            new ParallelOptions { MaxDegreeOfParallelism = BatchWriter<Session>.Parallelism, CancellationToken = cancellation },
            async (id, token) => await NoteAsync(organisation, id, news.GetValueOrDefault(id), token));
        foreach (var month in changed.Select(id => id.Month).Distinct())
        {
            await marks.MarkAsync(organisation, month, cancellation);
        }
    }

    // Whoever changes the row meanwhile is left alone: the next file says it again.
    private async Task NoteAsync(OrganisationId organisation, SessionId id, SlotConflict? conflict, CancellationToken cancellation)
    {
        if (await sessions.FindAsync(organisation, id, cancellation) is { } stored && (conflict is null || stored.Value.EditedByHand))
        {
            var asked = conflict is null ? null : new AskedByFile(time.GetUtcNow(), conflict.Version, conflict.Asked);
            await sessions.TryReplaceAsync(stored, stored.Value with { Asked = asked }, cancellation);
        }
    }
}
