using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>A slot of which a person and the file do not say the same.</summary>
/// <param name="Session">The one that a person changed, and that stands.</param>
/// <param name="Version">Names what the file says: a decision to keep the person's is about that, and nothing else.</param>
/// <param name="Line">Of the file; 0 when it no longer has the slot.</param>
/// <param name="Kept">What stands.</param>
/// <param name="Asked">What the file says; nothing when it no longer has the slot.</param>
public sealed record SlotConflict(
    SessionId Session, string Version, int Line, PlannedSide Kept, IReadOnlyList<PlannedSide> Asked)
{
    /// <summary>Those of one report at most.</summary>
    public const int Most = 200;

    /// <summary>The conflict that stops the changes of a slot; null when something else stops them.</summary>
    /// <param name="slot">All blocked changes of the slot.</param>
    public static SlotConflict? Of(IReadOnlyList<BlockedChange> slot) =>
        slot.Any(b => b.Code != ImportCode.EditedByHand) || slot.Select(b => b.Row).FirstOrDefault(r => r is not null) is not { } row
            ? null
            : new SlotConflict(
                row.Id,
                string.Join(' ', slot.Select(b => b.Change.Planned?.ContentHash() ?? "-").Order(StringComparer.Ordinal)),
                slot.Max(b => b.Change.Line),
                PlannedSide.Of(row),
                [.. slot.Select(b => b.Change.Planned).OfType<PlannedSession>().OrderBy(p => p.Start).Select(Side)]);

    /// <summary>What the files of last night, or of just now, say against a person, as its row keeps it; null when none does.</summary>
    public static SlotConflict? Of(Session row) =>
        row.Asked is { } asked ? new SlotConflict(row.Id, asked.Version, 0, PlannedSide.Of(row), asked.Sides) : null;

    /// <summary>Whether a person decided to keep theirs over just this.</summary>
    public static bool IsDecided(IReadOnlyList<BlockedChange> slot) =>
        Of(slot) is { } conflict && slot.Any(b => b.Row?.KeptOver == conflict.Version);

    private static PlannedSide Side(PlannedSession planned) => new(
        planned.Date, planned.Start, planned.End, SessionContent.Group(planned.Groups), planned.TrainerRef, planned.Site, planned.Room,
        planned.Module, planned.Modality);
}
