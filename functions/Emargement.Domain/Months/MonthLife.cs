using Emargement.Domain.Platform;

namespace Emargement.Domain.Months;

/// <summary>Where the month of an organisation stands on its way to its Région.</summary>
public enum MonthState
{
    Open,

    /// <summary>The organisation has said that it is right; its export is being written.</summary>
    Validated,

    /// <summary>The Région can take it.</summary>
    Sent,

    /// <summary>The Région has said that it has it: it alone can give it back.</summary>
    Received,

    /// <summary>Given back by the Région, to be taken up again.</summary>
    Returned,

    /// <summary>For good.</summary>
    Locked,
}

/// <summary>What happened to a month.</summary>
public enum MonthEvent
{
    Accepted,
    Validated,

    /// <summary>Its export found that something stands against it after all.</summary>
    Reopened,
    Sent,

    /// <summary>Taken up again by the organisation.</summary>
    Withdrawn,
    Received,
    Returned,
    Locked,

    /// <summary>Opened again by the Région after it was closed.</summary>
    Unlocked,

    /// <summary>The organisation asks for corrections of it, closed.</summary>
    AmendmentProposed,
    AmendmentAgreed,
    AmendmentRefused,

    /// <summary>These corrections are made, and the Région has the version that says them.</summary>
    Amended,
}

/// <summary>Something that happened to a month, inserted once.</summary>
/// <param name="N">1 for the first.</param>
/// <param name="By">As a fact's.</param>
/// <param name="Reason">Why; of an acceptance its reason, of a validation the name typed as a signature.</param>
/// <param name="Code">Of the anomalies accepted.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Version">Of the export sent.</param>
public sealed record MonthFact(
    int N, MonthEvent Event, string By, DateTimeOffset At, string? Reason = null, string? Code = null, int? Count = null,
    int? Version = null);

/// <summary>A month as its row says it. Each change adds a fact in the same transaction.</summary>
/// <param name="Facts">How many facts there are.</param>
/// <param name="Version">Of the export last sent.</param>
/// <param name="Run">Names the last validation: its export is bound to it.</param>
public sealed record MonthLife(YearMonth Month, MonthState State, int Facts = 0, int? Version = null, string? Run = null)
{
    /// <summary>How many amendments were asked for.</summary>
    public int Amendments { get; init; }

    /// <summary>Where the last of them stands, while it is under way: proposed or agreed.</summary>
    public AmendmentState? Amending { get; init; }

    /// <summary>Whether nobody of the organisation may change what it says.</summary>
    public static bool IsFrozen(MonthState state) => state is MonthState.Validated or MonthState.Sent or MonthState.Received;

    /// <summary>From the first local day after it, whoever pays.</summary>
    /// <returns>Null, or <c>month-not-over</c>.</returns>
    public static Refusal? NotOver(YearMonth month, DateOnly today) =>
        today > month.LastDay ? null : Refusal.Conflict("month-not-over", ("day", month.Plus(1).FirstDay.ToString("yyyy-MM-dd", null)));

    /// <returns>The month validated; or <c>month-validated</c>, <c>month-received</c>, <c>month-locked</c>.</returns>
    public Result<MonthLife> Validate(string run) => State switch
    {
        MonthState.Open or MonthState.Returned => this with { State = MonthState.Validated, Run = run, Facts = Facts + 1 },
        _ => Refuse(),
    };

    /// <summary>Something of it is accepted with a reason, while it may still change.</summary>
    /// <returns>The month; or <c>month-validated</c>, <c>month-received</c>, <c>month-locked</c>.</returns>
    public Result<MonthLife> Accept() =>
        State is MonthState.Open or MonthState.Returned ? this with { Facts = Facts + 1 } : Refuse();

    /// <summary>The organisation takes it up again.</summary>
    /// <returns>The month open; or <c>month-not-validated</c>, <c>month-received</c>, <c>month-locked</c>.</returns>
    public Result<MonthLife> Withdraw() => State switch
    {
        MonthState.Validated or MonthState.Sent => this with { State = MonthState.Open, Facts = Facts + 1 },
        MonthState.Open or MonthState.Returned => Refusal.Conflict("month-not-validated"),
        _ => Refuse(),
    };

    /// <summary>Its export found that something stands against it. Null when it is no longer this validation's.</summary>
    public MonthLife? Reopen(string run) =>
        State == MonthState.Validated && Run == run ? this with { State = MonthState.Open, Facts = Facts + 1 } : null;

    /// <summary>Its export is written. Null when it is no longer this validation's.</summary>
    public MonthLife? Send(string run, int? version) =>
        State == MonthState.Validated && Run == run
            ? this with { State = MonthState.Sent, Version = version ?? Version, Facts = Facts + 1 }
            : null;

    /// <summary>Closes it for good, where the Région acknowledges nothing here.</summary>
    /// <returns>The month locked; or <c>month-not-sent</c>, <c>month-locked</c>.</returns>
    public Result<MonthLife> Lock() => State switch
    {
        MonthState.Sent or MonthState.Received => this with { State = MonthState.Locked, Facts = Facts + 1 },
        MonthState.Locked => Refuse(),
        _ => Refusal.Conflict("month-not-sent"),
    };

    /// <summary>The Région says that it has a version.</summary>
    /// <returns>The month received; or <c>month-not-sent</c>, <c>month-locked</c>.</returns>
    public Result<MonthLife> Receive(int version) => State switch
    {
        MonthState.Sent or MonthState.Received => this with { State = MonthState.Received, Version = version, Facts = Facts + 1 },
        MonthState.Locked => Refuse(),
        _ => Refusal.Conflict("month-not-sent"),
    };

    /// <summary>The Région gives it back, to be taken up again.</summary>
    /// <returns>The month returned; or <c>month-not-sent</c>, <c>month-locked</c>.</returns>
    public Result<MonthLife> Return() => State switch
    {
        MonthState.Sent or MonthState.Received => this with { State = MonthState.Returned, Facts = Facts + 1 },
        MonthState.Locked => Refuse(),
        _ => Refusal.Conflict("month-not-sent"),
    };

    /// <summary>The Région opens it again after it was closed: as one that it returned.</summary>
    /// <returns>The month returned; or <c>month-not-closed</c>, <c>amendment-pending</c>.</returns>
    public Result<MonthLife> Unlock() => NotAmendable() is { } refusal ? refusal
        : this with { State = MonthState.Returned, Facts = Facts + 1 };

    /// <summary>The organisation asks for corrections of it, closed: one amendment at a time.</summary>
    /// <returns>The month with one amendment more; or <c>month-not-closed</c>, <c>amendment-pending</c>.</returns>
    public Result<MonthLife> Propose() => NotAmendable() is { } refusal ? refusal
        : this with { Amendments = Amendments + 1, Amending = AmendmentState.Proposed, Facts = Facts + 1 };

    /// <summary>The Région answers an amendment.</summary>
    /// <returns>The month, or <c>amendment-decided</c>.</returns>
    public Result<MonthLife> Answer(int number, bool agreed) => number == Amendments && Amending == AmendmentState.Proposed
        ? this with { Amending = agreed ? AmendmentState.Agreed : null, Facts = Facts + 1 }
        : Refusal.Conflict("amendment-decided");

    /// <summary>An amendment is made, and its export written. Null when it was already.</summary>
    public MonthLife? Amend(int number, int? version) => number == Amendments && Amending == AmendmentState.Agreed
        ? this with { Amending = null, Version = version ?? Version, Facts = Facts + 1 }
        : null;

    private Refusal? NotAmendable() => State != MonthState.Locked ? Refusal.Conflict("month-not-closed")
        : Amending is not null ? Refusal.Conflict("amendment-pending")
        : null;

    private Refusal Refuse() => State switch
    {
        MonthState.Locked => Refusal.Conflict("month-locked", ("month", Month.ToString())),
        MonthState.Received => Refusal.Conflict("month-received"),
        _ => Refusal.Conflict("month-validated", ("month", Month.ToString())),
    };
}
