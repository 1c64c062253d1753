using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Api;
using Emargement.Functions.Placements.Tutors;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Placements;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Pages.Placements;

/// <summary>The forms of the tutor's page as a browser sends them without our script, which asks the API instead.</summary>
public sealed class TutorFormFunctions(
    TutorAccess access,
    ShowTutorHours show,
    ValidateHours validate,
    DisagreeWithHours disagree,
    RenewTutorLink renew,
    PlacementAnswers answers)
{
    /// <summary><c>POST t/{secret}</c>: validates and signs, disagrees, or asks for a new link.</summary>
    [Function("AnswerHoursByForm")]
    [Public("The tutor has no account; the link is the permission.")]
    [Page]
    public async Task<IResult> Answer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "t/{secret}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var form = await request.ReadFieldsAsync(cancellation);
        return !form.IsOk ? await request.RefusalPageAsync(null, form.Refusal)
            : form.Value.Text("act") == "renew" ? await RenewAsync(request, client, cancellation)
            : await AnswerAsync(request, client, form.Value, cancellation);
    }

    private async Task<IResult> RenewAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        var asked = await answers.WokenAsync(
            client, renew.RunAsync(request.RouteText("secret"), cancellation), file => file, cancellation);
        return asked.IsOk ? await request.LinkRenewedAsync() : await request.RefusalPageAsync(null, asked.Refusal);
    }

    private async Task<IResult> AnswerAsync(
        HttpRequest request, DurableTaskClient client, FormFields form, CancellationToken cancellation)
    {
        var secret = request.RouteText("secret");
        var answered = await answers.WokenAsync(
            client, ActAsync(secret, form, ClientNetwork.Of(request), cancellation), scene => scene.File, cancellation);
        return answered.IsOk
            ? Results.Redirect(request.Path)
            : await ReturnAsync(request, secret, form, answered.Refusal, cancellation);
    }

    private Task<Result<TutorScene>> ActAsync(string secret, FormFields form, string network, CancellationToken cancellation) =>
        IsDispute(form)
            ? HoursForms.Dispute(form).ThenAsync(body => disagree.RunAsync(secret, body, network, cancellation))
            : HoursForms.Validation(form).ThenAsync(body => validate.RunAsync(secret, body, network, cancellation));

    private async Task<IResult> ReturnAsync(
        HttpRequest request, string secret, FormFields form, Refusal refusal, CancellationToken cancellation)
    {
        var scene = await access.OpenAsync(secret, cancellation);
        if (!scene.IsOk)
        {
            return await request.RefusalPageAsync(null, scene.Refusal);
        }

        var (organisation, language) = (scene.Value.File.Organisation, scene.Value.Tutor.Language);
        var model = await show.RunAsync(scene.Value, TutorRoute.Url(secret), cancellation);
        var returned = new Web.Platform.ReturnedForm(
            IsDispute(form) ? "dispute" : "validate", request.Texts(language).Refusal(refusal, organisation.Zone), form.Typed);
        return await request.PageAsync<TutorPage, TutorModel>(
            organisation, model with { Returned = returned }, Problem.StatusOf(refusal.Kind), language);
    }

    private static bool IsDispute(FormFields form) => form.Text("act") == "dispute";
}
