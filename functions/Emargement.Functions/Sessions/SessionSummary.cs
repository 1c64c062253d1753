using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;

namespace Emargement.Functions.Sessions;

/// <summary>What lists and pages say of a Session. Instants are UTC; <see cref="Zone"/> is the one in which people read them.</summary>
public sealed record SessionSummary(
    SessionId Session,
    DateOnly Date,
    HalfDay HalfDay,
    SessionState State,
    Reference Training,
    string? Title,
    string Group,
    Reference? Trainer,
    string? Module,
    string? Site,
    string? Room,
    Modality Modality,
    DateTimeOffset Start,
    DateTimeOffset End,
    DateTimeOffset WindowOpens,
    DateTimeOffset WindowEnds,
    string Zone,
    bool EditedByHand,
    bool LatePlanning,
    string Source,
    SessionId? MovedTo)
{
    /// <summary>What a change of the planning carries in If-Match; in lists for the staff.</summary>
    public string? Version { get; init; }

    /// <summary>Learners expected; in the list of a day, for the staff, as the members below.</summary>
    public int? Expected { get; init; }

    /// <summary>Learners with a signature.</summary>
    public int? Signed { get; init; }

    /// <summary>Who closed it, such as <c>trainer:F1</c>.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>Whether a paper sheet proves somebody's presence.</summary>
    public bool? OnPaper { get; init; }

    /// <summary>How its group signs that month.</summary>
    public SigningMode? Mode { get; init; }

    /// <summary>Whether another trainer came in the place of the planned one.</summary>
    public bool? Replaced { get; init; }

    public static SessionSummary Of(Session session, Training? training, Organisation organisation)
    {
        var window = SigningWindow.Of(session, organisation);
        return new SessionSummary(
            session.Id,
            session.Id.Date,
            session.Id.HalfDay,
            session.State,
            session.TrainingRef,
            training?.Title,
            session.Group,
            session.TrainerRef,
            session.Module,
            session.Site,
            session.Room,
            session.Modality,
            session.Start,
            session.End,
            window.OpensAt,
            window.EndsAt,
            organisation.Zone.Name,
            session.EditedByHand,
            session.LatePlanning,
            session.Source,
            session.MovedTo);
    }
}
