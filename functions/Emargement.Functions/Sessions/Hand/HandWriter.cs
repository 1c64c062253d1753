using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Sessions.Hand;

/// <summary>
/// Writes a Session whose planning a person changed, and then the facts of it: the row decides, and says which facts there must be.
/// </summary>
public sealed class HandWriter(SessionsTable sessions, FactsTable facts, MonthMarksTable marks)
{
    /// <summary>Writes the Session in its place, or at another day or half-day: then its row stays behind, cancelled.</summary>
    /// <returns>It as written, or null when somebody else was faster.</returns>
    /// <remarks>Inside a month both rows change at once. To another month the old row goes first, with all that makes the new one: whoever
    /// stops between the two leaves nothing twice, and <see cref="ArriveAsync"/> puts right what misses.</remarks>
    public async Task<Stored<Session>?> WriteAsync(Stored<Session> read, Session changed, CancellationToken cancellation)
    {
        var written = read.Value.Id == changed.Id
            ? await ReplaceAsync(read, changed, cancellation)
            : await MoveAsync(read, changed, cancellation);
        if (written is not null)
        {
            var at = changed.Edits[^1].At;
            var news = read.Value.Id == changed.Id
                ? changed.Edits.Where(e => e.At == at).Select(Fact (e) => e.ToFact())
                : PlanningFacts.Of(changed);
            await TraceAsync(changed, news, cancellation);
            if (read.Value.Id.Month != changed.Id.Month)
            {
                await marks.MarkAsync(changed.Organisation, read.Value.Id.Month, cancellation);
            }
        }

        return written;
    }

    /// <summary>Makes the row that a Session moved to, where an earlier try stopped before it.</summary>
    /// <returns>The row as it is now.</returns>
    public async Task<Stored<Session>> ArriveAsync(Session left, CancellationToken cancellation)
    {
        var arrived = EditTrace.Arrived(left);
        while (true)
        {
            var place = await sessions.FindAsync(left.Organisation, arrived.Id, cancellation);
            if (place is null)
            {
                await sessions.TryInsertAsync(arrived, cancellation);
            }
            else if (IsOlder(place.Value, left))
            {
                await sessions.TryReplaceAsync(place, arrived, cancellation);
            }
            else
            {
                return place;
            }
        }
    }

    /// <summary>Inserts facts that the row of a Session says there must be; those that are there stay. The month is calculated
    /// again.</summary>
    public async Task TraceAsync(Session session, IEnumerable<Fact> news, CancellationToken cancellation)
    {
        var all = news.Select(f => new NewFact(f)).ToList();
        if (all.Count == 0)
        {
            return;
        }

        if (!await facts.TryInsertAllAsync(session.Organisation, session.Id, all, cancellation))
        {
            foreach (var one in all)
            {
                await facts.TryInsertAsync(session.Organisation, session.Id, one, cancellation);
            }
        }

        await marks.MarkAsync(session.Organisation, session.Id.Month, cancellation);
    }

    private async Task<Stored<Session>?> ReplaceAsync(Stored<Session> read, Session changed, CancellationToken cancellation) =>
        await sessions.ReplaceAsync(read, changed, cancellation) is { } tag ? new Stored<Session>(changed, tag) : null;

    private async Task<Stored<Session>?> MoveAsync(Stored<Session> read, Session changed, CancellationToken cancellation)
    {
        var left = EditTrace.Left(read.Value, changed);
        if (read.Value.Id.Month != changed.Id.Month)
        {
            return await sessions.TryReplaceAsync(read, left, cancellation) ? await ArriveAsync(left, cancellation) : null;
        }

        var place = await sessions.FindAsync(changed.Organisation, changed.Id, cancellation);
        if (place is { Value.State: not SessionState.Cancelled })
        {
            return null;
        }

        var written = await sessions.TryWriteAsync(
            place is null ? [changed] : [],
            [new Replacement<Session>(read, left), .. place is null ? [] : new[] { new Replacement<Session>(place, changed) }],
            cancellation);
        return written ? await sessions.FindAsync(changed.Organisation, changed.Id, cancellation) : null;
    }

    // It was here before, and left: what it says is of before the last change.
    private static bool IsOlder(Session place, Session left) =>
        place.State == SessionState.Cancelled && (place.Edits.Count == 0 || place.Edits[^1].N < left.Edits[^1].N);
}
