using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Months;

/// <summary>How a group signed in a month, by what it signed.</summary>
public enum GroupMode
{
    Electronic,
    Paper,
    Mixed,
}

/// <summary>A group's month, or that of the whole organisation.</summary>
/// <param name="All">Everybody's figures.</param>
/// <param name="Funded">Those of the learners whom the Région pays, on the days when it does.</param>
/// <param name="ToAccept">Anomalies of funded learners and their half-days that ask for a reason.</param>
/// <param name="Blocking">What stands against validating the month and cannot be accepted.</param>
public sealed record MonthCounts(
    SessionFigures Sessions,
    MonthFigures All,
    MonthFigures Funded,
    int Learners,
    int FundedLearners,
    int ToAccept,
    int Blocking,
    GroupMode Mode);

/// <summary>A group's month with its half-days: a row of the month's page, and the columns of the group's matrix.</summary>
/// <param name="Title">The training's.</param>
public sealed record GroupMonth(
    Reference Training, string Group, string? Title, MonthCounts Counts, IReadOnlyList<GroupHalfDay> HalfDays);

/// <summary>A half-day of a group. Instants are UTC.</summary>
/// <param name="Due">Whether its signing window had ended.</param>
/// <param name="Expected">Learners of the group.</param>
/// <param name="Signed">Of them, those with a signature or a paper sheet.</param>
/// <param name="HeadCount">What the trainer counted in the room; null until it is closed.</param>
public sealed record GroupHalfDay(
    SessionId Session,
    DateTimeOffset Start,
    DateTimeOffset End,
    Modality Modality,
    SessionState State,
    bool Due,
    int Expected,
    int Signed,
    int? HeadCount)
{
    /// <summary>Null where the row was calculated before this was counted.</summary>
    public HalfDayTally? Tally { get; init; }
}

/// <summary>What a group's half-day adds to charts. Only what is closed counts.</summary>
/// <param name="Justified">Minutes.</param>
/// <param name="Unjustified">Minutes.</param>
/// <param name="Methods">How those who signed did.</param>
public sealed record HalfDayTally(int Justified, int Unjustified, IReadOnlyList<MethodCount> Methods);

/// <param name="Count">Learners and half-days.</param>
public sealed record MethodCount(SigningMethod Method, int Count);

/// <summary>A learner's month in a group: a line of the matrix.</summary>
/// <param name="Funder">Of the first half-day, or of the enrolment.</param>
/// <param name="Cells">In the order of the group's half-days; where the learner is not expected there is none.</param>
public sealed record LearnerMonth(
    Reference Training,
    string Group,
    Reference Learner,
    string LastName,
    string FirstName,
    string Funder,
    MonthFigures Figures,
    IReadOnlyList<LearnerCell> Cells)
{
    public string? BirthDate { get; init; }
}

/// <summary>One learner in one half-day.</summary>
/// <param name="Corrected">Whether somebody corrected it after closing.</param>
/// <param name="Method">How it was signed; paper when a paper sheet proves it.</param>
public sealed record LearnerCell(
    SessionId Session,
    AttendanceStatus Status,
    int Done,
    int Late,
    int LeftEarly,
    int Justified,
    int Unjustified,
    SigningMethod? Method,
    bool Corrected,
    bool Funded);
