using Azure;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.People;
using Emargement.Functions.Platform.Http.Bodies;

namespace Emargement.Functions.Pages.People;

/// <summary>What the forms of a person's page say. They send every field, so that an empty one takes the value away.</summary>
internal static class PersonForms
{
    public static ETag Version(FormFields form) => new(form.Text("version") ?? "");

    public static LearnerPatch Learner(FormFields form) => new(
        Sent(form, "lastName"),
        Sent(form, "firstName"),
        Sent(form, "title"),
        Sent(form, "birthDate"),
        Sent(form, "email"),
        Sent(form, "phone"),
        Sent(form, "language"));

    public static TrainerPatch Trainer(FormFields form) =>
        new(Sent(form, "lastName"), Sent(form, "firstName"), Sent(form, "email"));

    /// <returns>The enrolment, or <c>training-unknown</c>.</returns>
    public static Result<NewEnrolment> Enrolment(FormFields form) => Reference.TryParseKey(form.Text("training"), out var training)
        ? new NewEnrolment(
            training,
            form.Text("group") ?? "",
            form.Text("funder") ?? "",
            form.Text("entry") ?? "",
            form.Text("exit"),
            form.Text("regionNumber"),
            form.Text("orderNumber"),
            form.Text("company"),
            form.Text("tutorName"),
            form.Text("tutorEmail"))
        : Refusal.NotFound("training-unknown");

    public static EnrolmentPatch Period(FormFields form) => new(
        form.Text("period"),
        Sent(form, "funder"),
        Sent(form, "entry"),
        Sent(form, "exit"),
        Sent(form, "regionNumber"),
        Sent(form, "orderNumber"),
        Sent(form, "company"),
        Sent(form, "tutorName"),
        Sent(form, "tutorEmail"));

    /// <returns>The enrolment that a form of its card speaks of, or <c>enrolment-unknown</c>.</returns>
    public static Result<EnrolmentKey> Key(Reference learner, FormFields form) =>
        Reference.TryParseKey(form.Text("training"), out var training) && Reference.TryParseKey(form.Text("group"), out var group)
            ? new EnrolmentKey(learner, training, group.Value)
            : Refusal.NotFound("enrolment-unknown");

    private static string? Sent(FormFields form, string field) => form.All(field).FirstOrDefault();
}
