using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>Where the teaching happens; the letter is the one of the planning file.</summary>
public enum Modality
{
    Centre = 'P',
    Distance = 'D',
    Company = 'E',
}

public enum SessionState
{
    Planned,
    Open,
    Closed,
    Cancelled,
}

/// <summary>One half-day to sign: a planned slot, or its part before or after the break.</summary>
public sealed record Session
{
    private readonly IReadOnlyList<string>? _groups;

    public required OrganisationId Organisation { get; init; }

    public required SessionId Id { get; init; }

    /// <summary>The planning row it comes from; two Sessions share it when a break splits the slot.</summary>
    public required Reference SlotRef { get; init; }

    public required Reference TrainingRef { get; init; }

    /// <summary>The group as people read it: <c>G1</c>, or of several groups <c>G1, G2</c>.</summary>
    public required string Group { get; init; }

    /// <summary>The groups that attend, in order: the one, unless the planning names several.</summary>
    public IReadOnlyList<string> Groups
    {
        get => _groups ?? [Group];
        init => _groups = value.Count > 1 ? value : null;
    }

    public Reference? TrainerRef { get; init; }

    /// <summary>Those who teach beside the trainer, in order; mostly nobody.</summary>
    public IReadOnlyList<Reference> CoTrainerRefs { get; init; } = [];

    public string? Module { get; init; }

    public string? Site { get; init; }

    public string? Room { get; init; }

    public required Modality Modality { get; init; }

    /// <summary>Planned start, an instant in UTC.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Planned end, an instant in UTC.</summary>
    public required DateTimeOffset End { get; init; }

    /// <summary>Minutes that each learner owes: end minus start.</summary>
    public int PlannedMinutes => (int)(End - Start).TotalMinutes;

    /// <summary>Where the planning came from: <c>import</c> for files that somebody sent, <c>source:{id}</c> for a planning source, or
    /// <c>manual</c> for a Session created by a person.</summary>
    public required string Source { get; init; }

    /// <summary>Hash of the imported content; the same hash again is <c>unchanged</c>.</summary>
    public required string ContentHash { get; init; }

    /// <summary>A person changed it since the last import, so imports leave it alone.</summary>
    public bool EditedByHand { get; init; }

    /// <summary>Its planning changed on its own day, which the Région counts as a planning anomaly.</summary>
    public bool LatePlanning { get; init; }

    public required SessionState State { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The 256-bit key that signs this Session's rotating codes; made when it opens.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>What people changed by hand, oldest first: the last ones of them, the facts hold all.</summary>
    public IReadOnlyList<SessionEdit> Edits { get; init; } = [];

    /// <summary>People whom somebody added or took away by hand; the last word on each stands.</summary>
    public IReadOnlyList<RosterChange> Roster { get; init; } = [];

    /// <summary>What the file says of its slot and a person decided against (the version of a conflict): no import asks
    /// again before the file says something else.</summary>
    public string? KeptOver { get; init; }

    /// <summary>What the last file says against a person's change of it, while nobody has decided.</summary>
    public AskedByFile? Asked { get; init; }

    /// <summary>People whom its trainer saw and whom nobody enrolled, until somebody has dealt with them.</summary>
    public IReadOnlyList<UnknownPerson> Unknown { get; init; } = [];

    /// <summary>Where a person moved it: this row stays behind, cancelled.</summary>
    public SessionId? MovedTo { get; init; }

    /// <summary>The Session that a person made it part of: this row stays behind, cancelled.</summary>
    public SessionId? MergedInto { get; init; }

    /// <summary>Everybody who teaches.</summary>
    public IEnumerable<Reference> Trainers => TrainerRef is { } trainer ? CoTrainerRefs.Prepend(trainer) : CoTrainerRefs;

    /// <summary>Whether nobody can be in both: neither is cancelled nor in a company, and they share a time.</summary>
    public bool IsAtOnceWith(Session other) =>
        Id != other.Id && IsHeld && other.IsHeld && Start < other.End && other.Start < End;

    private bool IsHeld => State != SessionState.Cancelled && Modality != Modality.Company;

    public bool IsTaughtBy(Reference? trainer) => trainer is { } person && Trainers.Contains(person);
}
