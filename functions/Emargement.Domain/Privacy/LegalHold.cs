using System.Diagnostics.CodeAnalysis;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Privacy;

/// <summary>What a legal hold keeps.</summary>
public enum HoldScope
{
    /// <summary>All that the organisation keeps.</summary>
    Organisation,

    /// <summary>A training: its half-days, its sheets, its people.</summary>
    Training,

    /// <summary>A learner, and so every training in which they are: a sheet names a whole room.</summary>
    Learner,
}

/// <summary>
/// What a hold is about. Written <c>organisation</c>, <c>training:REFKEY</c> or <c>learner:REFKEY</c> in addresses, so that one thing has
/// one hold.
/// </summary>
/// <param name="Target">The reference of the training or the learner; null for the organisation.</param>
public sealed record HoldId(HoldScope Scope, Reference? Target)
{
    /// <returns>Null where the scope and the reference do not go together.</returns>
    public static HoldId? Of(HoldScope scope, Reference? target) =>
        (scope == HoldScope.Organisation) == (target is null) ? new HoldId(scope, target) : null;

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out HoldId? id)
    {
        id = text?.Split(':', 2) switch
        {
            ["organisation"] => new HoldId(HoldScope.Organisation, null),
            ["training", var key] when Reference.TryParseKey(key, out var training) => new HoldId(HoldScope.Training, training),
            ["learner", var key] when Reference.TryParseKey(key, out var learner) => new HoldId(HoldScope.Learner, learner),
            _ => null,
        };
        return id is not null;
    }

    public override string ToString() => Target is { } target ? $"{Word}:{target.Key}" : Word;

    /// <summary>The scope as it is written.</summary>
    public string Word => Scope switch
    {
        HoldScope.Organisation => "organisation",
        HoldScope.Training => "training",
        _ => "learner",
    };
}

/// <summary>Why something is kept past its term: a dispute, an inspection. Whoever deletes looks at the holds first.</summary>
/// <param name="By">Who placed it, as callers are named (<c>manager:REF</c>).</param>
/// <param name="Until">The last day on which it counts; null until two managers lift it.</param>
/// <param name="LiftAskedBy">The first of the two who lift it; null while nobody asks.</param>
public sealed record LegalHold(
    HoldId Id, string Reason, string By, DateTimeOffset At, DateOnly? Until, string? LiftAskedBy = null, DateTimeOffset? LiftAskedAt = null)
{
    /// <summary>Characters of a reason at most.</summary>
    public const int MaxReason = 300;

    public bool IsOn(DateOnly today) => Until is null || today <= Until;
}

/// <summary>The holds of an organisation that count today.</summary>
public sealed class ActiveHolds
{
    private readonly HashSet<HoldId> _ids;

    public ActiveHolds(IEnumerable<LegalHold> all, DateOnly today) => _ids = [.. all.Where(h => h.IsOn(today)).Select(h => h.Id)];

    /// <summary>Whether anything at all is held.</summary>
    public bool Any => _ids.Count > 0;

    private bool HoldAll => _ids.Contains(new HoldId(HoldScope.Organisation, null));

    /// <param name="learners">Everybody in the training.</param>
    public bool Keep(Reference training, IEnumerable<Reference> learners) =>
        HoldAll || _ids.Contains(new HoldId(HoldScope.Training, training)) || learners.Any(KeepLearner);

    /// <param name="learner">Null for one of the staff, whom only a hold on the organisation keeps.</param>
    /// <param name="trainings">The trainings in which the learner is or was.</param>
    public bool KeepPerson(Reference? learner, IEnumerable<Reference> trainings) =>
        HoldAll || (learner is { } person && KeepLearner(person))
            || trainings.Any(t => _ids.Contains(new HoldId(HoldScope.Training, t)));

    private bool KeepLearner(Reference learner) => _ids.Contains(new HoldId(HoldScope.Learner, learner));
}
