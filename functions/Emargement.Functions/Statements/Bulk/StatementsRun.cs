using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.Platform.Durable;

namespace Emargement.Functions.Statements.Bulk;

/// <summary>Input of the run that issues a training's statements.</summary>
/// <param name="Training">Its reference.</param>
/// <param name="Kind">As in addresses.</param>
/// <param name="First">yyyy-MM-dd; so <paramref name="Last"/>.</param>
/// <param name="By">Who asked.</param>
public sealed record StatementsRun(string Organisation, string Training, string Kind, string First, string Last, string By)
{
    public static StatementsRun Of(OrganisationId organisation, TrainingStatements asked, string by) => new(
        organisation.Value, asked.Training.Value, asked.Kind.NameOf(), Text(asked.Span.First), Text(asked.Span.Last), by);

    /// <summary>One run at a time of the same statements.</summary>
    internal string Id => RunId.Of($"statements-{Organisation}-{Kind}-{First}-{Last}-{Reference.Parse(Training).Key}");

    internal OrganisationId OrganisationId => OrganisationId.Parse(Organisation);

    internal TrainingStatements Asked =>
        StatementRoute.Of(Reference.Parse(Training), Kind, StatementSpan.Parse(First, Last)) is { IsOk: true, Value: var asked }
            ? asked
            : throw new FormatException($"A run issues statements of kind {Kind} from {First} to {Last}.");

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Learners whose statements one activity issues.</summary>
public sealed record StatementsPart(StatementsRun Run, IReadOnlyList<string> Learners);

/// <summary>A learner who has no statement.</summary>
/// <param name="Code">Why, as one statement would be refused.</param>
public sealed record StatementRefused(string Learner, string Code);

/// <summary>What became of a training's statements.</summary>
public sealed record StatementsMade(int Issued, IReadOnlyList<StatementRefused> Refused);
