using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>A Session's planning as one of two sides has it.</summary>
public sealed record PlannedSide(
    DateOnly Date, DateTimeOffset Start, DateTimeOffset End, string Group, Reference? Trainer, string? Site, string? Room, string? Module,
    Modality Modality)
{
    public static PlannedSide Of(Session session) => new(
        session.Id.Date, session.Start, session.End, session.Group, session.TrainerRef, session.Site, session.Room, session.Module,
        session.Modality);

    public static PlannedSide Of(PlannedSession planned) => new(
        planned.Date, planned.Start, planned.End, SessionContent.Group(planned.Groups), planned.TrainerRef, planned.Site, planned.Room,
        planned.Module, planned.Modality);
}

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
                [.. slot.Select(b => b.Change.Planned).OfType<PlannedSession>().OrderBy(p => p.Start).Select(PlannedSide.Of)]);

    /// <summary>Whether a person decided to keep theirs over just this.</summary>
    public static bool IsDecided(IReadOnlyList<BlockedChange> slot) =>
        Of(slot) is { } conflict && slot.Any(b => b.Row?.KeptOver == conflict.Version);
}
