using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Platform;

namespace Emargement.Web.Sessions.Hand;

public sealed record ChoiceModel(string Value, string Label);

/// <summary>What is worth a look in the planning that somebody writes.</summary>
/// <param name="Trainer">Whose two sessions meet, where it is the trainer.</param>
/// <param name="Other">The session that it meets, if any.</param>
public sealed record WarningModel(string Code, string? Trainer, OtherSessionModel? Other);

/// <summary>The fields of a session's planning, as stored or as typed.</summary>
public sealed record PlanningFields(
    string Date, string Start, string End, string Trainer, string Site, string Room, string Module, string Modality, string Reason = "");

/// <summary>A session's planning to change by hand.</summary>
public sealed record EditSessionModel
{
    public required OrganisationId Organisation { get; init; }

    public required SessionId Id { get; init; }

    public required string Training { get; init; }

    public required string Group { get; init; }

    public required SessionState State { get; init; }

    public required PlanningFields Fields { get; init; }

    /// <summary>What the change carries, so that nobody undoes what another did meanwhile.</summary>
    public required string Version { get; init; }

    public required IReadOnlyList<ChoiceModel> Trainers { get; init; }

    public IReadOnlyList<WarningModel> Warnings { get; init; } = [];

    /// <summary>Sessions of this half-day with which it can be put together.</summary>
    public IReadOnlyList<ChoiceModel> Neighbours { get; init; } = [];

    /// <summary>A person stands above the file here.</summary>
    public bool EditedByHand { get; init; }

    public ReturnedForm? Returned { get; init; }
}

/// <summary>A session that no file plans.</summary>
/// <param name="Training">Null until it is chosen.</param>
public sealed record NewSessionModel(
    OrganisationId Organisation,
    ChoiceModel? Training,
    IReadOnlyList<ChoiceModel> Trainings,
    IReadOnlyList<string> Groups,
    string Group,
    PlanningFields Fields,
    IReadOnlyList<ChoiceModel> Trainers,
    IReadOnlyList<WarningModel> Warnings,
    ReturnedForm? Returned);

/// <summary>Who is expected in a session, to add somebody or to take somebody off.</summary>
/// <param name="Candidates">Learners of the training's other groups.</param>
/// <param name="Expected">Those on the list who have not signed.</param>
public sealed record SessionPeopleModel(
    OrganisationId Organisation,
    SessionId Id,
    string Training,
    string Group,
    bool IsClosed,
    bool MayRemove,
    IReadOnlyList<ChoiceModel> Candidates,
    IReadOnlyList<ChoiceModel> Expected,
    ReturnedForm? Returned);

/// <summary>What people changed of a session in one act.</summary>
public sealed record ActModel(DateTimeOffset At, string By, IReadOnlyList<ChangeModel> Changes, string? Reason);

/// <param name="From">As shown; null for none.</param>
public sealed record ChangeModel(EditedField Field, string? From, string? To);

/// <summary>A trainer's seven days.</summary>
public sealed record WeekModel(OrganisationId Organisation, DateOnly Monday, DateOnly Today, IReadOnlyList<WeekRowModel> Rows);

public sealed record WeekRowModel(
    SessionId Id, string Training, string Group, string? Place, DateTimeOffset Start, DateTimeOffset End, SessionState State, bool Edited);

/// <summary>A trainer's sessions that wait to be closed.</summary>
public sealed record UnclosedModel(OrganisationId Organisation, IReadOnlyList<UnclosedRowModel> Rows);

public sealed record UnclosedRowModel(
    SessionId Id, string Training, string Group, DateTimeOffset Start, DateTimeOffset End, int Signed, int Expected);

/// <summary>Colleagues' sessions that a trainer may take over now.</summary>
public sealed record TakeoverModel(OrganisationId Organisation, IReadOnlyList<TakeoverRowModel> Rows);

public sealed record TakeoverRowModel(
    SessionId Id, string Training, string Group, string? Room, string? Trainer, DateTimeOffset Start, DateTimeOffset End);
