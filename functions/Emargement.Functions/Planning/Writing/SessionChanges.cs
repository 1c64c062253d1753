using System.Collections.Concurrent;
using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Placements.Import;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Planning.Writing;

/// <summary>Reads the stored planning beside a file's, and writes what differs.</summary>
public sealed class SessionChanges(SessionsTable sessions, FactsTable facts, PlanningMonths months, HandWriter hand, MonthMarksTable marks)
{
    private const int Attempts = 5;

    /// <summary>
    /// Passes stored Sessions to the comparison, and those in companies to their days: of all the file's months, and of the other months in
    /// which its trainings take place where there may be any that the file moves, or days in companies.
    /// </summary>
    /// <param name="trainings">Those that the files name.</param>
    /// <param name="days">Their first and last days.</param>
    /// <returns>What was found in the months that were read.</returns>
    public async Task<IReadOnlyDictionary<YearMonth, Stored<MonthContent>>> CompareAsync(
        OrganisationId organisation,
        PlanningDiff diff,
        CompanyDays company,
        IReadOnlySet<Reference> trainings,
        IEnumerable<(DateOnly First, DateOnly Last)> days,
        CancellationToken cancellation)
    {
        var planned = diff.Months.ToHashSet();
        var all = days.SelectMany(d => YearMonth.Between(d.First, d.Last)).Concat(planned).Distinct().Order().ToList();
        var found = new Dictionary<YearMonth, Stored<MonthContent>>();
        var known = await months.FindAsync(organisation, all, cancellation);
        var marks = diff.Marks();
        foreach (var month in all)
        {
            var content = known.GetValueOrDefault(month);
            if (content is not null && !planned.Contains(month) && !content.Value.MayHold(marks, trainings))
            {
                continue;
            }

            await ReadAsync(month, content);
        }

        // No import has marked the months to which people moved Sessions.
        foreach (var month in diff.Left.Select(s => s.MovedTo!.Value.Month).Distinct().Where(m => !found.ContainsKey(m)).ToList())
        {
            await ReadAsync(month, known.GetValueOrDefault(month));
        }

        return found;

        async Task ReadAsync(YearMonth month, Stored<MonthContent>? kept)
        {
            var content = kept ?? new Stored<MonthContent>(new MonthContent(), default);
            found.Add(month, content);
            await foreach (var stored in sessions.BetweenAsync(organisation, month.FirstDay, month.LastDay, cancellation))
            {
                diff.See(new ExistingSession(stored.Value, stored.ETag.ToString()));
                company.See(stored.Value);
                if (stored.Value.State != SessionState.Cancelled)
                {
                    content.Value.Add(stored.Value);
                }
            }
        }
    }

    /// <summary>Puts right what stopped between the two months of a person's move.</summary>
    public async Task ArriveAsync(IEnumerable<Session> left, CancellationToken cancellation)
    {
        foreach (var session in left)
        {
            await hand.ArriveAsync(session, cancellation);
        }
    }

    /// <summary>Sets apart the changes that a signature, a locked month or a person's edit forbids, and with them the rest of their slots.
    /// One read of keys a month that has any change.</summary>
    /// <param name="held">Slots held by rows that no change touches.</param>
    public async Task<(IReadOnlyList<SessionChange> Allowed, IReadOnlyList<BlockedChange> Blocked)> SiftAsync(
        Organisation organisation,
        IReadOnlyList<SessionChange> changes,
        IReadOnlyDictionary<Reference, SlotHold> held,
        CancellationToken cancellation)
    {
        var signed = new HashSet<SessionId>();
        var touched = changes.SelectMany(c => c.Touched).Select(e => e.Session.Id.Date).GroupBy(YearMonth.Of);
        foreach (var month in touched)
        {
            signed.UnionWith(await facts.SessionsWithFactsAsync(organisation.Id, month.Min(), month.Max(), cancellation));
        }

        return SlotRule.Sift(changes, signed, organisation, held);
    }

    /// <summary>Writes changes: what a slot has in one month at once, so that it is never half of the old and half of the new; then what
    /// leaves for another month, so that a Session that moves is never lost on the way.</summary>
    /// <param name="found">What the months hold, as <see cref="CompareAsync"/> gave it; what is about to be written is kept there first,
    /// so that no later import overlooks it.</param>
    /// <param name="today">The organisation's local day: a Session whose planning changes on its own day says so ever after.</param>
    /// <returns>Changes that somebody's act in the meantime forbade.</returns>
    public async Task<IReadOnlyCollection<BlockedChange>> WriteAsync(
        Organisation organisation,
        IReadOnlyDictionary<YearMonth, Stored<MonthContent>> found,
        IReadOnlyList<SessionChange> changes,
        DateOnly today,
        CancellationToken cancellation)
    {
        foreach (var session in changes.Select(c => c.Planned).OfType<PlannedSession>())
        {
            found[session.Month].Value.Add(session);
        }

        await months.KeepAsync(organisation.Id, found, cancellation);
        var blocked = new ConcurrentDictionary<SessionChange, BlockedChange>(ReferenceEqualityComparer.Instance);
        var planned = changes.Where(c => c.Planned is not null).Select(c => new SessionWrite(c, c.Existing, c.IsLate(today), Leaves: false))
            .ToList();
        var places = planned.Select(w => w.Place).ToHashSet();
        var cancelled = changes.Where(c => c.Kind == ChangeKind.Cancel).Select(c => (Change: c, Row: c.Existing));
        var moved = changes.Where(c => c.MovedFrom is not null).Select(c => (Change: c, Row: c.MovedFrom));
        var leaving = cancelled.Concat(moved).Select(l => new SessionWrite(l.Change, l.Row, l.Change.IsLate(today), Leaves: true))
            .ToLookup(w => places.Contains(w.Place));
        await WriteAsync(organisation, planned.Concat(leaving[true]), blocked, cancellation);
        var later = leaving[false].Where(w => !blocked.ContainsKey(w.Change)).ToList();
        await WriteAsync(organisation, later, blocked, cancellation);
        foreach (var stuck in later.Where(w => w.Change.Planned is not null && blocked.ContainsKey(w.Change)))
        {
            await TakeBackAsync(organisation, stuck.Change, cancellation);
        }

        foreach (var month in changes.SelectMany(c => c.Days).Select(YearMonth.Of).Distinct())
        {
            await marks.MarkAsync(organisation.Id, month, cancellation);
        }

        return [.. blocked.Values];
    }

    private Task WriteAsync(
        Organisation organisation, IEnumerable<SessionWrite> writes, ConcurrentDictionary<SessionChange, BlockedChange> blocked,
        CancellationToken cancellation)
    {
        // One batch is one partition, and a partition is a month.
        var batches = writes.GroupBy(w => w.Place).Select(place => place.ToList())
            .GroupBy(unit => unit[0].Month).SelectMany(month => Batches(month));
        return Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = BatchWriter<Session>.Parallelism, CancellationToken = cancellation },
            async (batch, token) =>
            {
                if (!await TryWriteAsync(organisation, batch.SelectMany(unit => unit), token))
                {
                    foreach (var unit in batch)
                    {
                        await WriteUnitAsync(organisation, unit, blocked, token);
                    }
                }
            });
    }

    private static IEnumerable<List<List<SessionWrite>>> Batches(IEnumerable<List<SessionWrite>> units)
    {
        var (batch, rows) = (new List<List<SessionWrite>>(), 0);
        foreach (var unit in units)
        {
            if (rows + unit.Count > TableAccess.BatchSize)
            {
                yield return batch;
                (batch, rows) = ([], 0);
            }

            batch.Add(unit);
            rows += unit.Count;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private Task<bool> TryWriteAsync(Organisation organisation, IEnumerable<SessionWrite> writes, CancellationToken cancellation)
    {
        var all = writes.ToLookup(w => w.Existing is null);
        return sessions.TryWriteAsync(
            all[true].Select(w => w.Result(organisation.Id)),
            all[false].Select(w => new Replacement<Session>(Stored(w.Existing!), w.Result(organisation.Id))),
            cancellation);
    }

    // Somebody opened, signed, edited or imported one of the batch's Sessions since it was read: a slot's rows are read and judged again,
    // together.
    private async Task WriteUnitAsync(
        Organisation organisation, List<SessionWrite> unit, ConcurrentDictionary<SessionChange, BlockedChange> blocked,
        CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var again = new List<SessionWrite>();
            foreach (var write in unit)
            {
                var (fresh, code) = await JudgeAsync(organisation, write, cancellation);
                if (code is not null)
                {
                    foreach (var change in unit.Select(w => w.Change))
                    {
                        blocked.TryAdd(change, new BlockedChange(change, code, write.Change.Ref));
                    }

                    return;
                }

                again.AddRange(fresh is null ? [] : [fresh]);
            }

            if (again.Count == 0 || await TryWriteAsync(organisation, again, cancellation))
            {
                return;
            }
        }

        throw new InvalidOperationException($"Session {unit[0].Change.Ref} kept changing while it was imported.");
    }

    /// <returns>The write as it is to be made now, null when it is made; or the code of what forbids it.</returns>
    private async Task<(SessionWrite? Fresh, string? Code)> JudgeAsync(
        Organisation organisation, SessionWrite write, CancellationToken cancellation)
    {
        var result = write.Result(organisation.Id);
        var stored = await sessions.FindAsync(organisation.Id, result.Id, cancellation);
        if (stored is null)
        {
            return (write.Leaves ? null : write with { Existing = null }, null);
        }

        if (stored.Value.State == result.State && stored.Value.ContentHash == result.ContentHash && !stored.Value.EditedByHand)
        {
            return (null, null);
        }

        var existing = new ExistingSession(stored.Value, stored.ETag.ToString());
        var kind = write.Change.Kind == ChangeKind.Create ? ChangeKind.Update : write.Change.Kind;
        var again = new SessionChange(
            kind, write.Leaves ? null : write.Change.Planned, existing, write.Leaves ? null : write.Change.MovedFrom);
        var signed = await facts.SessionsWithFactsAsync(organisation.Id, result.Id.Date, result.Id.Date, cancellation);
        return (write with { Existing = existing }, again.Obstacle(signed, organisation));
    }

    // What was to leave for another month must stay, so what came of it goes: there is one half-day, where a person has it.
    private async Task TakeBackAsync(Organisation organisation, SessionChange change, CancellationToken cancellation)
    {
        var came = change.Planned!.ToSession(organisation.Id);
        var stored = await sessions.FindAsync(organisation.Id, came.Id, cancellation);
        if (stored is { Value: { State: SessionState.Planned, EditedByHand: false } } && stored.Value.ContentHash == came.ContentHash)
        {
            await sessions.TryReplaceAsync(stored, stored.Value with { State = SessionState.Cancelled }, cancellation);
        }
    }

    private static Stored<Session> Stored(ExistingSession existing) => new(existing.Session, new ETag(existing.Version));

    /// <summary>One row to write: what a change plans at the new key, or the old row that it cancels.</summary>
    private sealed record SessionWrite(SessionChange Change, ExistingSession? Existing, bool Late, bool Leaves)
    {
        public YearMonth Month => Leaves ? Existing!.Session.Id.Month : Change.Planned!.Month;

        /// <summary>What changes together: the rows of a slot in a month.</summary>
        public (YearMonth Month, Reference Slot) Place => (Month, Change.SlotRef);

        public Session Result(OrganisationId organisation)
        {
            var session = (Leaves, Change.Kind) switch
            {
                (true, _) => Existing!.Session with { State = SessionState.Cancelled },
                (_, ChangeKind.Agree) => Existing!.Session with
                {
                    EditedByHand = false,
                    ContentHash = Change.Planned!.ContentHash(),
                    Asked = null,
                },
                _ => WithTrace(Change.Planned!.ToSession(organisation)),
            };
            return session with { LatePlanning = Late || Change.Touched.Any(e => e.Session.LatePlanning) };
        }

        // What people said of it stays with it, and so do the people whom they added or told of.
        private Session WithTrace(Session planned) => (Change.MovedFrom ?? Existing)?.Session is { } before
            ? planned with { Edits = before.Edits, Roster = before.Roster, Unknown = before.Unknown }
            : planned;
    }
}
