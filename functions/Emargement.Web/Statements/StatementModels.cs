using Emargement.Domain.Platform;
using Emargement.Web.Platform;

namespace Emargement.Web.Statements;

/// <summary>A choice of a list.</summary>
public sealed record StatementChoice(string Value, string Label);

/// <summary>What a form asks for, to show it again.</summary>
/// <param name="Training">Its reference.</param>
/// <param name="Kind">As in addresses.</param>
/// <param name="First">yyyy-MM-dd; so <paramref name="Last"/>.</param>
public sealed record StatementAsked(string? Training, string? Kind, string? First, string? Last)
{
    public static IReadOnlyList<string> Kinds { get; } = ["attendance", "certificate", "individual-sheet"];
}

/// <summary>A sealed statement of a list.</summary>
/// <param name="Code">In groups of four.</param>
public sealed record StatementLine(
    string Code, string Kind, string Training, DateOnly First, DateOnly Last, int Version, DateTimeOffset SealedAt, bool Superseded);

/// <summary>The certificates and statements of one learner.</summary>
public sealed record LearnerStatementsModel
{
    public required OrganisationId Organisation { get; init; }

    public required Reference Learner { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<StatementChoice> Trainings { get; init; }

    public required StatementAsked Asked { get; init; }

    public required IReadOnlyList<StatementLine> Statements { get; init; }

    /// <summary>Code of the one that was just issued.</summary>
    public string? Issued { get; init; }

    public ReturnedForm? Returned { get; init; }
}

/// <summary>Who signs certificates.</summary>
/// <param name="Yours">Whether it is who looks at the page.</param>
public sealed record SignatoryModel(string Account, string Name, string Capacity, string Place, bool Marked, bool Yours);

/// <summary>Why a learner has no statement.</summary>
public sealed record WithoutStatement(string Learner, string Name, string Why);

/// <summary>How far the issuing of a training's statements is.</summary>
/// <param name="State">none, running, completed or failed.</param>
/// <param name="Zip">Where they are downloaded together; null when there are none yet.</param>
public sealed record IssuingModel(string State, int Issued, IReadOnlyList<WithoutStatement> Without, string? Zip);

/// <summary>Who signs, and the statements of whole trainings.</summary>
public sealed record StatementsModel
{
    public required OrganisationId Organisation { get; init; }

    public required IReadOnlyList<StatementChoice> Managers { get; init; }

    public SignatoryModel? Signatory { get; init; }

    public required IReadOnlyList<StatementChoice> Trainings { get; init; }

    public required StatementAsked Asked { get; init; }

    /// <summary>Null before anything is asked for.</summary>
    public IssuingModel? Issuing { get; init; }

    /// <summary>What was just done: named or drawn.</summary>
    public string? Done { get; init; }

    public ReturnedForm? Returned { get; init; }
}
