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
    public required OrganisationId Organisation { get; init; }

    public required SessionId Id { get; init; }

    /// <summary>The planning row it comes from; two Sessions share it when a break splits the slot.</summary>
    public required Reference SlotRef { get; init; }

    public required Reference TrainingRef { get; init; }

    public required string Group { get; init; }

    public Reference? TrainerRef { get; init; }

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

    /// <summary>Where the planning came from: <c>import</c>, or <c>manual</c> for a Session created by a person.</summary>
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
}
