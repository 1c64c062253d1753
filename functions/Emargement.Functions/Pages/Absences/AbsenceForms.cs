using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Absences;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages.Absences;

/// <summary>What the addresses and forms of absences name.</summary>
internal static class AbsenceForms
{
    /// <returns>The absence, or <c>absence-not-found</c> when the address is written like none.</returns>
    public static Result<Route<AbsenceId>> Route(HttpRequest request) =>
        Routes.Of<AbsenceId>(request, "absence", AbsenceId.TryParse, "absence-not-found");

    /// <summary>Those of proposed reasons by which an absence is justified.</summary>
    /// <param name="reasonsOfLearners">Only those that learners may file.</param>
    public static IReadOnlyList<ReasonModel> Reasons(IEnumerable<AbsenceReason> proposed, bool reasonsOfLearners) =>
    [
        .. proposed.Where(r => r.Justified && (!reasonsOfLearners || r.LearnerMayFile)).Select(r => new ReasonModel(r.Code, r.Label)),
    ];

    public static AbsenceFields Typed(FormFields form) => new(
        form.Text("first"), form.Text("first-half"), form.Text("last"), form.Text("last-half"), form.Text("code"), form.Text("text"));

    public static AbsenceFields Asked(IQueryCollection query) => new(
        query["first"].FirstOrDefault(), query["first-half"].FirstOrDefault(), query["last"].FirstOrDefault(),
        query["last-half"].FirstOrDefault(), null, null);

    /// <returns>What the form asks for; <c>form-invalid</c> when a day is none.</returns>
    public static Result<AbsenceRequest> Of(FormFields form, Reference learner) =>
        Point(form, "first") is { } first && Point(form, "last") is { } last
            ? new AbsenceRequest(learner, new AbsenceSpan(first, last), form.Text("code") ?? "", form.Text("text"))
            : Refusal.BadInput("form-invalid");

    public static DecisionRequest Decision(FormFields form) => new(
        form.Text("act") == "accept",
        [.. form.All("halfDay").Select(text => SessionId.TryParse(text, out var id) ? id : (SessionId?)null).OfType<SessionId>()],
        form.Text("code"),
        form.Text("text"),
        form.Text("seen") is not null,
        form.Text("reason"));

    private static AbsencePoint? Point(FormFields form, string name) =>
        CalendarDay.TryParse(form.Text(name), out var day)
            && form.Text($"{name}-half") is { Length: 1 } half
            && half[0] is >= '1' and <= '3'
            ? new AbsencePoint(day, (HalfDay)(half[0] - '0'))
            : null;
}
