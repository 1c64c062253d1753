using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>What of a Session's planning a person may change.</summary>
public enum EditedField
{
    Created,
    Start,
    End,
    Trainer,
    Site,
    Room,
    Module,
    Modality,

    /// <summary>Cancelled, restored, or its slot cut or put together.</summary>
    State,

    /// <summary>The file is followed again: from here on the planning's owner decides.</summary>
    Followed,
}

/// <summary>One change by hand: what a fact of the Session repeats, so that the evidence has it.</summary>
/// <param name="N">1 for the first change of the Session; a Session that moves takes its changes along.</param>
/// <param name="At">Server time, UTC. The changes of one act share it.</param>
/// <param name="By">Who, as in <see cref="Fact.By"/>.</param>
/// <param name="From">The value before, as text; null when there was none. Instants are UTC, to the second.</param>
/// <param name="To">The value after, likewise.</param>
/// <param name="Reason">Why; null only for a trainer who takes over.</param>
public sealed record SessionEdit(int N, DateTimeOffset At, string By, EditedField Field, string? From, string? To, string? Reason)
{
    public Edited ToFact() => new() { At = At, By = By, N = N, Field = Field, From = From, To = To, Reason = Reason };
}

/// <summary>Somebody is expected in a Session, or is not, because a person said so.</summary>
/// <param name="Funder">Who pays for the learner here, as an enrolment would say; null when their own enrolment says it.</param>
public sealed record RosterChange(
    DateTimeOffset At, string By, Reference Learner, bool Expected, string? Funder, string? Reason)
{
    public Rostered ToFact() => new()
    {
        At = At,
        By = By,
        Learner = Learner,
        Expected = Expected,
        Funder = Funder,
        Reason = Reason,
    };
}

/// <summary>A Session's planning as one of two sides has it.</summary>
public sealed record PlannedSide(
    DateOnly Date, DateTimeOffset Start, DateTimeOffset End, string Group, Reference? Trainer, string? Site, string? Room, string? Module,
    Modality Modality)
{
    public static PlannedSide Of(Session session) => new(
        session.Id.Date, session.Start, session.End, session.Group, session.TrainerRef, session.Site, session.Room, session.Module,
        session.Modality);
}

/// <summary>What a file says against a person, until somebody has decided.</summary>
/// <param name="At">When it first said so.</param>
/// <param name="Version">Names what it says.</param>
/// <param name="Sides">What it says of the slot; nothing when it no longer has it.</param>
public sealed record AskedByFile(DateTimeOffset At, string Version, IReadOnlyList<PlannedSide> Sides);
