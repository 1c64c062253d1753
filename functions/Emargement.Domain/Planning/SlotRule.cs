using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>A row that stands above a file, and why.</summary>
public sealed record SlotHold(Reference Session, string Code, Session? Row);

/// <summary>A change that the import must leave alone.</summary>
/// <param name="Holder">The Session for whose sake: the change's own, or another of its slot.</param>
/// <param name="Row">That Session as stored; null when it was read again while the import wrote.</param>
public sealed record BlockedChange(SessionChange Change, string Code, Reference Holder, Session? Row = null)
{
    /// <summary>Whether its own Session stands above the file, not another of the slot.</summary>
    public bool IsDirect => Holder == Change.Ref;
}

/// <summary>The rows of a slot stand or fall together: when one of them is signed, locked or was changed by a person, none of them is
/// created, changed or cancelled. Else a slot that a person changed would be doubled when the file gives it a break: its row stays, and
/// the parts before and after the break come beside it.</summary>
public static class SlotRule
{
    /// <summary>Why a stored row holds its slot by itself; null when it does not.</summary>
    public static string? Holds(Session row) =>
        row.State is SessionState.Open or SessionState.Closed ? ImportCode.SessionSigned
        : row.EditedByHand || row.MovedTo is not null ? ImportCode.EditedByHand
        : null;

    /// <param name="signed">Sessions with signatures among those that the changes touch.</param>
    /// <param name="held">Slots held by rows that no change touches.</param>
    public static (IReadOnlyList<SessionChange> Allowed, IReadOnlyList<BlockedChange> Blocked) Sift(
        IReadOnlyList<SessionChange> changes,
        IReadOnlySet<SessionId> signed,
        Organisation organisation,
        IReadOnlyDictionary<Reference, SlotHold> held)
    {
        var holds = new Dictionary<Reference, SlotHold>(held);
        var own = new Dictionary<SessionChange, string>(ReferenceEqualityComparer.Instance);
        foreach (var change in changes)
        {
            if (change.Obstacle(signed, organisation) is { } code)
            {
                own[change] = code;
                holds.TryAdd(change.SlotRef, new SlotHold(change.Ref, code, HolderOf(change)));
            }
        }

        var allowed = new List<SessionChange>(changes.Count);
        var blocked = new List<BlockedChange>();
        foreach (var change in changes)
        {
            if (own.TryGetValue(change, out var code))
            {
                blocked.Add(new BlockedChange(change, code, change.Ref, HolderOf(change)));
            }
            else if (change.Kind != ChangeKind.Agree && holds.TryGetValue(change.SlotRef, out var hold))
            {
                blocked.Add(new BlockedChange(change, hold.Code, hold.Session, hold.Row));
            }
            else
            {
                allowed.Add(change);
            }
        }

        return (allowed, blocked);
    }

    // Where a person moved it, not where it was.
    private static Session? HolderOf(SessionChange change) => change.Touched.Select(e => e.Session).FirstOrDefault(s => s.EditedByHand);
}
