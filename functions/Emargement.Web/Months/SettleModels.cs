using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Planning;
using Emargement.Web.Platform;

namespace Emargement.Web.Months;

/// <summary>« À régler »: what waits for a person, at most one line a thing.</summary>
public sealed record SettleModel
{
    public required OrganisationId Organisation { get; init; }

    public IReadOnlyList<SettleLineModel> Lines { get; init; } = [];

    /// <summary>By kind, whatever is shown.</summary>
    public IReadOnlyDictionary<PendingKind, int> Counts { get; init; } = new Dictionary<PendingKind, int>();

    /// <summary>What is shown; null for all.</summary>
    public PendingKind? Kind { get; init; }

    public YearMonth? Month { get; init; }

    public DateTimeOffset? ComputedAt { get; init; }

    /// <summary>The month that « Actualiser » calculates again.</summary>
    public required YearMonth Current { get; init; }

    public bool Started { get; init; }

    /// <summary>Placements in companies that wait too.</summary>
    public int Placements { get; init; }

    /// <summary>Address of the next part, when there is one.</summary>
    public string? More { get; init; }
}

/// <param name="Code">Of the sentence that says what it is.</param>
/// <param name="Where">Training and group.</param>
/// <param name="Learner">Null when it concerns the whole half-day.</param>
/// <param name="Blocking">What it means for the month.</param>
/// <param name="See">Address of the half-day.</param>
/// <param name="Remedy">What settles it, first; then what else does.</param>
public sealed record SettleLineModel(
    string Code, string Where, SessionId Session, string? Learner, DateTimeOffset Since, Blocking? Blocking, string See,
    LinkModel Remedy, IReadOnlyList<LinkModel> Others)
{
    /// <summary>Whether the remedy is an act, not a page.</summary>
    public bool Posts { get; init; }

    /// <summary>What the file and a person say of it, when that is what waits.</summary>
    public ConflictModel? Sides { get; init; }
}
