using Emargement.Domain.Privacy;

namespace Emargement.Web.Privacy;

/// <summary>What the forms of the retention page ask for, as they write it.</summary>
public static class HoldActs
{
    public const string Place = "place";
    public const string Lift = "lift";

    /// <summary>What was done, as the page says it after: placed, asked, or lifted. Null for anything else.</summary>
    public static string? Known(string? done) => done is "placed" or "asked" or "lifted" ? done : null;
}

/// <param name="Trainings">The first to end first.</param>
/// <param name="Holds">Those that count, and those whose day has passed.</param>
public sealed record RetentionModel(string Organisation, IReadOnlyList<KeptModel> Trainings, IReadOnlyList<HoldModel> Holds)
{
    /// <summary>What was just done; null when the page is only read.</summary>
    public string? Done { get; init; }

    /// <summary>The form that came back, and why.</summary>
    public string? Refusal { get; init; }

    /// <summary>What was typed into it.</summary>
    public IReadOnlyDictionary<string, string> Typed { get; init; } = new Dictionary<string, string>();
}

/// <param name="Until">The last day on which what proves the training is kept.</param>
/// <param name="Over">Whether that day has passed.</param>
/// <param name="OnHold">Whether a legal hold keeps it.</param>
/// <param name="Forgetting">What was reported, and what is gone; null before.</param>
public sealed record KeptModel(
    string Training,
    string Reference,
    DateOnly LastDay,
    IReadOnlyList<string> Funders,
    int Learners,
    RetentionRule Rule,
    DateOnly Until,
    bool Over,
    bool OnHold,
    Forgetting? Forgetting);

/// <param name="Id">How the form names it.</param>
/// <param name="Target">The reference of the training or the learner; null for all of the organisation.</param>
/// <param name="By">Who placed it, by name where they are known.</param>
/// <param name="LiftAskedBy">Who asked to lift it; null while nobody did.</param>
/// <param name="CanAgree">Whether the reader is another than who asked.</param>
/// <param name="Over">Whether its last day has passed: it keeps nothing any more.</param>
public sealed record HoldModel(
    string Id,
    HoldScope Scope,
    string? Target,
    string Reason,
    string By,
    DateTimeOffset At,
    DateOnly? Until,
    string? LiftAskedBy,
    bool CanAgree,
    bool Over);

/// <summary>What erasing somebody leaves.</summary>
/// <param name="ErasedOn">Since when access and addresses are gone; null while they are not.</param>
/// <param name="OnHold">Whether a legal hold forbids it.</param>
/// <param name="Own">Whether it is the reader.</param>
/// <param name="Kept">What stays, the first to end first.</param>
public sealed record ErasureModel(
    string Organisation,
    string Account,
    string Name,
    DateOnly? ErasedOn,
    bool OnHold,
    bool Own,
    IReadOnlyList<KeptProofModel> Kept)
{
    public string? Refusal { get; init; }
}

public sealed record KeptProofModel(string Training, RetentionRule Rule, DateOnly Until);
