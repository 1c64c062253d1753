using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>A stored Session with the version under which it was read.</summary>
public sealed record ExistingSession(Session Session, string Version);

public enum ChangeKind
{
    Create,
    Update,
    Cancel,

    /// <summary>A person's edit and the file now say the same: the file owns the Session again. Counted as unchanged.</summary>
    Agree,
}

/// <summary>One Session to write.</summary>
/// <param name="Planned">What the file asks for; null for a cancellation.</param>
/// <param name="Existing">The row at the same key, if there is one.</param>
/// <param name="MovedFrom">The row that the Session leaves, when it changes date or half-day.</param>
public sealed record SessionChange(ChangeKind Kind, PlannedSession? Planned, ExistingSession? Existing, ExistingSession? MovedFrom = null)
{
    public Reference Ref => Planned?.Ref ?? Existing!.Session.Id.Reference;

    public Reference SlotRef => Planned?.SlotRef ?? Existing!.Session.SlotRef;

    public int Line => Planned?.Line ?? 0;

    /// <summary>Stored Sessions that this change would alter.</summary>
    public IEnumerable<ExistingSession> Touched => new[] { Existing, MovedFrom }.OfType<ExistingSession>();

    public IEnumerable<DateOnly> Days => Touched.Select(e => e.Session.Id.Date).Concat(Planned is null ? [] : [Planned.Date]);

    /// <summary>Whether it changes the planning of the very day, which the Région counts as an anomaly.</summary>
    public bool IsLate(DateOnly today) => Kind != ChangeKind.Agree && Days.Contains(today);

    // A person moved the Session away, and where it is now is not what the file would move back.
    private bool IsAnEmptiedPlace => Existing?.Session.MovedTo is not null && MovedFrom is null;

    /// <summary>
    /// Why the import must leave this alone, or null: a signature, a locked or validated month, a person's edit stand above a file.
    /// </summary>
    /// <param name="signed">Sessions among <see cref="Touched"/> that have facts.</param>
    public string? Obstacle(IReadOnlySet<SessionId> signed, Organisation organisation)
    {
        if (Kind == ChangeKind.Agree)
        {
            return null;
        }

        if (Touched.Any(e => e.Session.State is SessionState.Open or SessionState.Closed || signed.Contains(e.Session.Id)))
        {
            return Import.ImportCode.SessionSigned;
        }

        if (organisation.Refuses([.. Days.Select(YearMonth.Of)]) is { } closed)
        {
            return closed.Code;
        }

        return Touched.Any(e => e.Session.EditedByHand || !PlannedSession.IsImported(e.Session.Source)) || IsAnEmptiedPlace
            ? Import.ImportCode.EditedByHand
            : null;
    }
}
