using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Platform.Access;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Absences.Api;

/// <summary>What a list of absences is asked for.</summary>
/// <param name="State">Null for all of where they are looked for.</param>
/// <param name="After">Last id of the page before.</param>
public sealed record AbsencesQuestion(AbsenceState? State, Reference? Learner, YearMonth? Month, string? After)
{
    /// <returns>The question, or <c>request-invalid</c>, <c>month-invalid</c>.</returns>
    public static Result<AbsencesQuestion> Of(HttpRequest request)
    {
        string? Text(string name) => request.Query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;
        var (state, learner, month, after) = (Text("state"), Text("learner"), Text("month"), Text("continuation"));
        if ((state is not null && !state.All(char.IsAsciiLetterLower)) || (after is not null && !AbsenceId.TryParse(after, out _)))
        {
            return Refusal.BadInput("request-invalid");
        }

        AbsenceState? known = Enum.TryParse<AbsenceState>(state, ignoreCase: true, out var parsed) ? parsed : null;
        Reference? person = Reference.TryParse(learner, out var reference) ? reference : null;
        YearMonth? asked = YearMonth.TryParse(month, out var found) ? found : null;
        return (state is not null && known is null) || (learner is not null && person is null) ? Refusal.BadInput("request-invalid")
            : month is not null && asked is null ? Refusal.BadInput("month-invalid")
            : new AbsencesQuestion(known, person, asked, after);
    }
}

/// <summary>
/// Lists absences by pages: a learner's, those decided in a month, or those that nobody has decided. A learner has one's own.
/// </summary>
public sealed class ListAbsences(AbsencesTable absences, TimeProvider time)
{
    public async Task<Result<AbsencesPage>> RunAsync(
        Organisation organisation, AbsencesQuestion asked, Caller caller, CancellationToken cancellation)
    {
        var own = caller.Kind == Callers.Learner;
        if (own && asked.Learner is { } other && other != caller.Person)
        {
            return Refusal.Forbidden("not-allowed");
        }

        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var decided = asked.State is not (null or AbsenceState.Announced or AbsenceState.Waiting);
        var shelf = new AbsenceShelf(
            own ? caller.Person : asked.Learner, asked.Month ?? (decided ? YearMonth.Of(today) : null));
        var page = await absences.PageAsync(organisation.Id, shelf, asked.After, cancellation);
        return new AbsencesPage(
            [
                .. page.Where(a => asked.State is null || a.StateOn(today) == asked.State)
                    .Where(a => shelf.Learner is null || asked.Month is not { } month || a.Span.Months.Contains(month))
                    .Select(a => own ? AbsenceView.Of(a, today).ForLearner() : AbsenceView.Of(a, today)),
            ],
            page.Count == AbsenceShelf.Page ? page[^1].Id.Value : null);
    }
}
