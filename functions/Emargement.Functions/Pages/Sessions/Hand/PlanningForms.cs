using System.Globalization;
using Azure;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Unknown;
using Emargement.Web.Sessions.Hand;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>The planning of a Session as forms say it.</summary>
internal static class PlanningForms
{
    /// <returns>What changes, or <c>date-invalid</c>.</returns>
    public static Result<SessionPatch> Patch(FormFields form) =>
        Day(form) is { } date && Time(form, "start") is { } start && Time(form, "end") is { } end
            ? new SessionPatch(
                date, start, end, form.Text("trainer") ?? "", form.Text("site") ?? "", form.Text("room") ?? "", form.Text("module") ?? "",
                ModalityOf(form), form.Text("reason"))
            : Refusal.BadInput("date-invalid");

    public static Result<NewSession> New(FormFields form, Reference training) =>
        Day(form) is { } date && Time(form, "start") is { } start && Time(form, "end") is { } end
            ? new NewSession(
                training, form.Text("group") ?? "", date, start, end, ModalityOf(form) ?? Modality.Centre, form.Text("trainer"),
                form.Text("site"), form.Text("room"), form.Text("module"), form.Text("reason"))
            : Refusal.BadInput("date-invalid");

    /// <returns>Where to cut, or <c>session-split-invalid</c>.</returns>
    public static Result<SplitRequest> Split(FormFields form) => Time(form, "at") is { } at
        ? new SplitRequest(at, Time(form, "resume"), form.Text("reason"))
        : Refusal.BadInput("session-split-invalid");

    public static Result<MergeRequest> Merge(FormFields form) => SessionId.TryParse(form.Text("with"), out var with)
        ? new MergeRequest(with, form.Text("reason"))
        : Refusal.NotFound("session-not-found");

    /// <returns>Whom to add, or <c>learner-missing</c>.</returns>
    public static Result<RosterRequest> Add(FormFields form)
    {
        if (!Reference.TryParse(form.Text("reference") ?? form.Text("candidate"), out var learner))
        {
            return Refusal.BadInput("learner-missing");
        }

        var paper = form.Text("paper") is null ? (SigningMethod?)null : SigningMethod.Paper;
        AddedCorrection? correction = form.Text("mark") switch
        {
            "present" => new AddedCorrection(AttendanceMark.Present, Method: paper),
            "absent-justified" => new AddedCorrection(AttendanceMark.AbsentJustified),
            "absent-unjustified" => new AddedCorrection(AttendanceMark.AbsentUnjustified),
            _ => null,
        };
        return new RosterRequest(form.Text("reason") ?? "", new AddedPerson(learner, form.Text("funder"), correction));
    }

    /// <returns>Whom to take off, or <c>learner-missing</c>.</returns>
    public static Result<RosterRequest> Remove(FormFields form) => Reference.TryParse(form.Text("learner"), out var learner)
        ? new RosterRequest(form.Text("reason") ?? "", Remove: learner)
        : Refusal.BadInput("learner-missing");

    /// <summary>Whom the trainer saw and nobody enrolled; nobody, to say that they are dealt with.</summary>
    public static UnknownPeopleRequest Unknown(FormFields form, bool dealtWith) => new(
        dealtWith ? [] : [new UnknownName(form.Text("lastName") ?? "", form.Text("firstName") ?? "")]);

    /// <summary>The version that the page showed.</summary>
    public static ETag Version(FormFields form) => new(form.Text("version") ?? "none");

    public static PlanningFields Stored(Session session, SiteZone zone) => new(
        session.Id.Date.ToString(CalendarDay.Format, CultureInfo.InvariantCulture),
        Hour(zone.ToLocal(session.Start)),
        Hour(zone.ToLocal(session.End)),
        session.TrainerRef?.Value ?? "",
        session.Site ?? "",
        session.Room ?? "",
        session.Module ?? "",
        session.Modality.ToString().ToLowerInvariant());

    public static PlanningFields Typed(FormFields form) => new(
        form.Text("date") ?? "", form.Text("start") ?? "", form.Text("end") ?? "", form.Text("trainer") ?? "", form.Text("site") ?? "",
        form.Text("room") ?? "", form.Text("module") ?? "", form.Text("modality") ?? "centre", form.Text("reason") ?? "");

    private static string Hour(DateTimeOffset local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static Modality? ModalityOf(FormFields form) => form.Text("modality") switch
    {
        "centre" => Modality.Centre,
        "distance" => Modality.Distance,
        "company" => Modality.Company,
        _ => null,
    };

    private static DateOnly? Day(FormFields form) => CalendarDay.TryParse(form.Text("date"), out var day) ? day : null;

    private static TimeOnly? Time(FormFields form, string name) =>
        TimeOnly.TryParseExact(form.Text(name), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;
}
