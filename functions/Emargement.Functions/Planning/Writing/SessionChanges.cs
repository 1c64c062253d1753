using System.Collections.Concurrent;
using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Placements.Import;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Planning.Writing;

/// <summary>A change that the import must leave alone, and why.</summary>
public sealed record BlockedChange(SessionChange Change, string Code);

/// <summary>Reads the stored planning beside a file's, and writes what differs.</summary>
public sealed class SessionChanges(SessionsTable sessions, FactsTable facts, PlanningMonths months)
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

            content ??= new Stored<MonthContent>(new MonthContent(), default);
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

        return found;
    }

    /// <summary>Sets apart the changes that a signature, a locked month or a person's edit forbids. One read of keys a month that has any
    /// change.</summary>
    public async Task<(IReadOnlyList<SessionChange> Allowed, IReadOnlyList<BlockedChange> Blocked)> SiftAsync(
        Organisation organisation, IReadOnlyList<SessionChange> changes, CancellationToken cancellation)
    {
        var signed = new HashSet<SessionId>();
        var touched = changes.SelectMany(c => c.Touched).Select(e => e.Session.Id.Date).GroupBy(YearMonth.Of);
        foreach (var month in touched)
        {
            signed.UnionWith(await facts.SessionsWithFactsAsync(organisation.Id, month.Min(), month.Max(), cancellation));
        }

        var allowed = new List<SessionChange>(changes.Count);
        var blocked = new List<BlockedChange>();
        foreach (var change in changes)
        {
            if (change.Obstacle(signed, organisation.LockedMonths) is { } code)
            {
                blocked.Add(new BlockedChange(change, code));
            }
            else
            {
                allowed.Add(change);
            }
        }

        return (allowed, blocked);
    }

    /// <summary>Writes changes: first what the file plans, then what leaves, so that a Session that moves is never lost on the
    /// way.</summary>
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
        var blocked = new ConcurrentDictionary<SessionChange, string>();
        var planned = changes.Where(c => c.Planned is not null)
            .Select(c => new SessionWrite(c, c.Existing, c.IsLate(today), Leaves: false));
        await WriteAsync(organisation, planned, blocked, cancellation);
        var cancelled = changes.Where(c => c.Kind == ChangeKind.Cancel).Select(c => (Change: c, Row: c.Existing));
        var moved = changes.Where(c => c.MovedFrom is not null && !blocked.ContainsKey(c)).Select(c => (Change: c, Row: c.MovedFrom));
        var leaving = cancelled.Concat(moved).Select(l => new SessionWrite(l.Change, l.Row, l.Change.IsLate(today), Leaves: true));
        await WriteAsync(organisation, leaving, blocked, cancellation);
        return [.. blocked.Select(b => new BlockedChange(b.Key, b.Value))];
    }

    private Task WriteAsync(
        Organisation organisation, IEnumerable<SessionWrite> writes, ConcurrentDictionary<SessionChange, string> blocked,
        CancellationToken cancellation)
    {
        // One batch is one partition, and a partition is a month.
        var batches = writes.GroupBy(w => w.Month).SelectMany(month => month.Chunk(TableAccess.BatchSize));
        return Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = BatchWriter<Session>.Parallelism, CancellationToken = cancellation },
            async (batch, token) =>
            {
                var written = await sessions.TryWriteAsync(
                    batch.Where(w => w.Existing is null).Select(w => w.Result(organisation.Id)),
                    batch.Where(w => w.Existing is not null).Select(
                        w => new Replacement<Session>(Stored(w.Existing!), w.Result(organisation.Id))),
                    token);
                if (!written)
                {
                    foreach (var write in batch)
                    {
                        await WriteOneAsync(organisation, write, blocked, token);
                    }
                }
            });
    }

    // Somebody opened, signed, edited or imported one of the batch's Sessions since it was read: each is read and judged again.
    private async Task WriteOneAsync(
        Organisation organisation, SessionWrite write, ConcurrentDictionary<SessionChange, string> blocked, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var result = write.Result(organisation.Id);
            var stored = await sessions.FindAsync(organisation.Id, result.Id, cancellation);
            if (stored is null)
            {
                if (write.Leaves || await sessions.TryInsertAsync(result, cancellation))
                {
                    return;
                }

                continue;
            }

            if (stored.Value.State == result.State && stored.Value.ContentHash == result.ContentHash && !stored.Value.EditedByHand)
            {
                return;
            }

            var existing = new ExistingSession(stored.Value, stored.ETag.ToString());
            var kind = write.Change.Kind == ChangeKind.Create ? ChangeKind.Update : write.Change.Kind;
            var again = new SessionChange(kind, write.Leaves ? null : write.Change.Planned, existing);
            var signed = await facts.SessionsWithFactsAsync(organisation.Id, result.Id.Date, result.Id.Date, cancellation);
            if (again.Obstacle(signed, organisation.LockedMonths) is { } code)
            {
                blocked.TryAdd(write.Change, code);
                return;
            }

            if (await sessions.TryReplaceAsync(stored, (write with { Existing = existing }).Result(organisation.Id), cancellation))
            {
                return;
            }
        }

        throw new InvalidOperationException($"Session {write.Change.Ref} kept changing while it was imported.");
    }

    private static Stored<Session> Stored(ExistingSession existing) => new(existing.Session, new ETag(existing.Version));

    /// <summary>One row to write: what a change plans at the new key, or the old row that it cancels.</summary>
    private sealed record SessionWrite(SessionChange Change, ExistingSession? Existing, bool Late, bool Leaves)
    {
        public YearMonth Month => Leaves ? Existing!.Session.Id.Month : Change.Planned!.Month;

        public Session Result(OrganisationId organisation)
        {
            var session = (Leaves, Change.Kind) switch
            {
                (true, _) => Existing!.Session with { State = SessionState.Cancelled },
                (_, ChangeKind.Agree) => Existing!.Session with { EditedByHand = false, ContentHash = Change.Planned!.ContentHash() },
                _ => Change.Planned!.ToSession(organisation),
            };
            return session with { LatePlanning = Late || Change.Touched.Any(e => e.Session.LatePlanning) };
        }
    }
}
