using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Statements.Records;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Statements;

/// <summary>What a body says of the statement that is wanted.</summary>
/// <param name="Kind">certificate, attendance or individual-sheet.</param>
public sealed record StatementBody(Reference Training, string Kind, DateOnly First, DateOnly Last);

/// <summary>What a body says of the statements that are wanted of a whole training.</summary>
/// <param name="Kind">certificate, attendance or individual-sheet.</param>
public sealed record TrainingStatementsBody(string Kind, DateOnly First, DateOnly Last);

/// <summary>The same kind of statement, over the same days, of everybody in a training.</summary>
public readonly record struct TrainingStatements(Reference Training, StatementKind Kind, StatementSpan Span);

/// <summary>Statements as addresses, queries and bodies name them.</summary>
public static class StatementRoute
{
    /// <summary>Where a learner's statements are.</summary>
    public const string OfLearner = "api/organisations/{org}/learners/{learner}/statements";

    /// <summary>Where those of a training are issued.</summary>
    public const string OfTraining = "api/organisations/{org}/trainings/{training}/statements";

    /// <summary>Where one is, by its verification code.</summary>
    public const string Address = "api/organisations/{org}/statements/{code}";

    /// <returns>The learner, or <c>learner-not-found</c>.</returns>
    public static Result<Reference> Learner(HttpRequest request) =>
        Routes.Of<Reference>(request, "learner", Reference.TryParseKey, "learner-not-found").Then(route => route.Id);

    /// <returns>The training, or <c>training-unknown</c>.</returns>
    public static Result<Reference> Training(HttpRequest request) =>
        Routes.Of<Reference>(request, "training", Reference.TryParseKey, "training-unknown").Then(route => route.Id);

    /// <returns>The statement, or <c>statement-kind-unknown</c>, <c>span-invalid</c>, <c>span-too-long</c>.</returns>
    public static Result<StatementKey> Key(Reference training, Reference learner, string? kind, Result<StatementSpan> span) =>
        Of(training, kind, span).Then(asked => new StatementKey(training, learner, asked.Kind, asked.Span));

    /// <returns>What is asked for, or <c>statement-kind-unknown</c>, <c>span-invalid</c>, <c>span-too-long</c>.</returns>
    public static Result<TrainingStatements> Of(Reference training, string? kind, Result<StatementSpan> span) =>
        !StatementKinds.TryParse(kind, out var known) ? Refusal.BadInput("statement-kind-unknown")
        : !span.IsOk ? span.Refusal
        : new TrainingStatements(training, known, span.Value);

    /// <summary>As the query names them: <c>kind</c>, <c>first</c>, <c>last</c>.</summary>
    public static Result<TrainingStatements> Asked(HttpRequest request, Reference training) => Of(
        training, request.Query["kind"], StatementSpan.Parse(request.Query["first"], request.Query["last"]));

    /// <summary>A learner's, with the training in the query too.</summary>
    public static Result<StatementKey> AskedOf(HttpRequest request, Reference learner) =>
        !Reference.TryParse(request.Query["training"], out var training) ? Refusal.NotFound("training-unknown")
        : Asked(request, training).Then(asked => new StatementKey(training, learner, asked.Kind, asked.Span));
}
