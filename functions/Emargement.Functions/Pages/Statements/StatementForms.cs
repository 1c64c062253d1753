using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Statements;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Statements;
using Emargement.Web.Statements;

namespace Emargement.Functions.Pages.Statements;

/// <summary>What the forms of statements ask for, and what they offer at first.</summary>
internal static class StatementForms
{
    /// <returns>What is asked for, or <c>training-unknown</c>, or why it is none.</returns>
    public static Result<TrainingStatements> Of(FormFields form) =>
        Reference.TryParse(form.Text("training"), out var training)
            ? StatementRoute.Of(training, form.Text("kind"), StatementSpan.Parse(form.Text("first"), form.Text("last")))
            : Refusal.NotFound("training-unknown");

    public static StatementAsked Typed(FormFields form) =>
        new(form.Text("training"), form.Text("kind"), form.Text("first"), form.Text("last"));

    public static StatementAsked Of(TrainingStatements asked) =>
        new(asked.Training.Value, asked.Kind.NameOf(), Text(asked.Span.First), Text(asked.Span.Last));

    /// <summary>An attendance statement of the training from its first day until now.</summary>
    public static StatementAsked First(Training? training, DateOnly today) => training is null
        ? new StatementAsked(null, null, null, null)
        : new StatementAsked(
            training.Ref.Value,
            StatementKind.AttendanceStatement.NameOf(),
            Text(training.FirstDay),
            Text(training.LastDay < today || today < training.FirstDay ? training.LastDay : today));

    public static IReadOnlyList<StatementChoice> Choices(IEnumerable<Training> trainings) =>
        [.. trainings.OrderBy(t => t.Title, StringComparer.InvariantCultureIgnoreCase).Select(t => new StatementChoice(
            t.Ref.Value, t.Title))];

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
