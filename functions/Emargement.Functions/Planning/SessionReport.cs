using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning;

/// <summary>What the report says of Sessions that changed or had to be left alone.</summary>
public static class SessionReport
{
    public static void Write(ImportJournal journal, DateOnly today, IEnumerable<SessionChange> allowed, IEnumerable<BlockedChange> blocked)
    {
        foreach (var slot in Slots(blocked))
        {
            var decided = SlotConflict.IsDecided(slot);
            foreach (var (change, code, holder, _) in Named(slot))
            {
                if (decided)
                {
                    journal.Warn(
                        ImportKind.Planning, change.Line, RefOf(change), ImportCode.HandKept, ImportSentences.HandKept(holder.Value));
                    continue;
                }

                var sentence = code switch
                {
                    ImportCode.SessionSigned => ImportSentences.Signed(holder.Value),
                    ImportCode.MonthValidated => ImportSentences.Validated(holder.Value),
                    ImportCode.MonthLocked => ImportSentences.Locked(holder.Value),
                    _ => ImportSentences.Edited(holder.Value),
                };
                journal.Reject(ImportKind.Planning, change.Line, RefOf(change), code, sentence);
            }
        }

        foreach (var change in allowed.Where(c => c.IsLate(today)))
        {
            journal.Warn(ImportKind.Planning, change.Line, RefOf(change), ImportCode.LatePlanning, ImportSentences.Late(change.Ref.Value));
        }
    }

    /// <summary>New Sessions that have the group and the time of a stored one: the other software probably gave it another
    /// reference.</summary>
    public static void WarnOfDoubles(ImportJournal journal, IEnumerable<(PlannedSession Planned, Reference Stored)> doubles)
    {
        foreach (var (planned, stored) in doubles)
        {
            journal.Warn(
                ImportKind.Planning, planned.Line, planned.SlotRef.Value, ImportCode.ProbableDouble,
                ImportSentences.ProbableDouble(stored.Value));
        }
    }

    /// <summary>What people changed otherwise than the file says, and have not decided on, all of it.</summary>
    public static IReadOnlyList<SlotConflict> Conflicts(IEnumerable<BlockedChange> blocked) =>
    [
        .. Slots(blocked).Where(slot => !SlotConflict.IsDecided(slot)).Select(SlotConflict.Of).OfType<SlotConflict>(),
    ];

    /// <param name="rejectedRows">Rows refused, wholly or in part.</param>
    public static ImportCounts Counts(
        PlanningRows rows, IReadOnlyCollection<SessionChange> allowed, IReadOnlyCollection<BlockedChange> blocked, int rejectedRows)
    {
        var created = allowed.Count(c => c.Kind == ChangeKind.Create);
        var updated = allowed.Count(c => c.Kind == ChangeKind.Update);
        return new ImportCounts
        {
            Read = rows.Read,
            Created = created,
            Updated = updated,
            Unchanged = rows.Sessions.Count - created - updated
                - Slots(blocked).Where(s => !SlotConflict.IsDecided(s)).Sum(s => s.Count(b => b.Change.Planned is not null)),
            Cancelled = allowed.Count(c => c.Kind == ChangeKind.Cancel),
            Rejected = rejectedRows,
        };
    }

    public static PlanningChanges Changes(IReadOnlyCollection<SessionChange> allowed)
    {
        return new PlanningChanges(Refs(ChangeKind.Create), Refs(ChangeKind.Update), Refs(ChangeKind.Cancel));

        IReadOnlyList<string> Refs(ChangeKind kind) =>
            [.. allowed.Where(c => c.Kind == kind).Take(PlanningChanges.MaxRefs).Select(c => c.Ref.Value)];
    }

    private static IEnumerable<List<BlockedChange>> Slots(IEnumerable<BlockedChange> blocked) =>
        blocked.GroupBy(b => b.Change.SlotRef).Select(slot => slot.ToList());

    // Each change that its own Session forbids, at its line; where the file has the slot in no such change, one line of it says why the
    // slot stays.
    private static List<BlockedChange> Named(List<BlockedChange> slot)
    {
        var lines = slot.Where(b => b.Change.Line > 0).ToList();
        var own = (lines.Count == 0 ? slot : lines).Where(b => b.IsDirect).ToList();
        return own.Count > 0 ? own : [lines.Find(b => b.Change.Line > 0) ?? slot[0]];
    }

    // A line of the file is named as the file does; a Session that is not in the file, by its own reference.
    private static string RefOf(SessionChange change) => change.Line > 0 ? change.SlotRef.Value : change.Ref.Value;
}
