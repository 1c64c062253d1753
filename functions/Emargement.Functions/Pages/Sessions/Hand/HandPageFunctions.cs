using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Following;
using Emargement.Functions.Sessions.Hand;
using Emargement.Web.Sessions.Hand;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>The pages on which a manager changes the planning by hand; each answers its own form, with or without its script.</summary>
public sealed class HandPageFunctions(
    OrganisationSettings organisations, ShowPlanningForms show, CreateSession create, EditSession edit, SplitSession split,
    MergeSessions merge, CancelSession cancel, RestoreSession restore, FollowFile follow)
{
    private const string EditRoute = "o/{org}/sessions/{session}/edit";

    private const string NewRoute = "o/{org}/new-session";

    /// <summary>The form of a Session's planning.</summary>
    [Function("ShowEditSessionPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Edit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = EditRoute)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<EditSessionPage, EditSessionModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            organisation => SessionRoute.Of(request)
                .ThenAsync(session => show.EditAsync(organisation, session.Id, null, null, cancellation)));

    /// <summary>Acts on the form of a Session's planning.</summary>
    [Function("EditSessionByForm")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> EditByForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = EditRoute)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.GetAsync(request.RouteText("org"), cancellation),
            (organisation, form) => EditAsync(request, organisation, form, cancellation),
            cancellation);

    /// <summary>The form of a Session that no file plans.</summary>
    [Function("ShowNewSessionPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> New(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = NewRoute)] HttpRequest request, CancellationToken cancellation) =>
        await request.ShowAsync<NewSessionPage, NewSessionModel>(
            await organisations.GetAsync(request.RouteText("org"), cancellation),
            organisation => show.NewAsync(organisation, request.Query["training"], null, null, cancellation));

    /// <summary>Creates a Session that no file plans.</summary>
    [Function("CreateSessionByForm")]
    [Access(Callers.Manager)]
    [Page]
    public Task<IResult> NewByForm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = NewRoute)] HttpRequest request, CancellationToken cancellation) =>
        PageForms.RunAsync(
            request,
            organisations.GetAsync(request.RouteText("org"), cancellation),
            (organisation, form) => CreateAsync(request, organisation, form, cancellation),
            cancellation);

    private async Task<IResult> EditAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var session = SessionRoute.Of(request);
        if (!session.IsOk)
        {
            return await request.RefusalPageAsync(organisation, session.Refusal);
        }

        var act = form.Text("act") ?? "save";
        Refusal? refusal = null;
        if (act != "check")
        {
            var edited = await ActAsync(session.Value, act, form, request.Caller(), cancellation);
            if (edited.IsOk)
            {
                return Results.Redirect(Address(edited.Value));
            }

            refusal = edited.Refusal;
        }

        var returned = refusal is null ? null : request.Returned(act, form, refusal, organisation);
        var typed = act is "save" or "check" ? form : null;
        var model = await show.EditAsync(organisation, session.Value.Id, typed, returned, cancellation);
        return model.IsOk
            ? await request.PageAsync<EditSessionPage, EditSessionModel>(organisation, model.Value, StatusOf(refusal))
            : await request.RefusalPageAsync(organisation, model.Refusal);
    }

    private Task<Result<EditedSession>> ActAsync(
        Route<SessionId> session, string act, FormFields form, Caller caller, CancellationToken cancellation)
    {
        var (organisation, id, version) = (session.Organisation, session.Id, PlanningForms.Version(form));
        var why = new HandRequest(form.Text("reason"));
        return act switch
        {
            "split" => PlanningForms.Split(form)
                .ThenAsync(body => split.RunAsync(organisation, id, body, version, caller, cancellation)),
            "merge" => PlanningForms.Merge(form)
                .ThenAsync(body => merge.RunAsync(organisation, id, body, version, caller, cancellation)),
            "cancel" => cancel.RunAsync(organisation, id, why, version, caller, cancellation),
            "restore" => restore.RunAsync(organisation, id, why, version, caller, cancellation),
            "follow" => follow.RunAsync(organisation, id, why, version, caller, cancellation),
            _ => PlanningForms.Patch(form)
                .ThenAsync(body => edit.RunAsync(organisation, id, body, version, caller, cancellation)),
        };
    }

    private async Task<IResult> CreateAsync(
        HttpRequest request, Organisation organisation, FormFields form, CancellationToken cancellation)
    {
        var training = request.Query["training"].ToString();
        Refusal? refusal = null;
        if (form.Text("act") != "check")
        {
            var asked = Reference.TryParse(training, out var reference)
                ? PlanningForms.New(form, reference)
                : Refusal.BadInput("training-unknown");
            var created = await asked.ThenAsync(body => create.RunAsync(organisation.Id, body, request.Caller(), cancellation));
            if (created.IsOk)
            {
                return Results.Redirect(Address(created.Value));
            }

            refusal = created.Refusal;
        }

        var returned = refusal is null ? null : request.Returned("create", form, refusal, organisation);
        var model = await show.NewAsync(organisation, training, form, returned, cancellation);
        return model.IsOk
            ? await request.PageAsync<NewSessionPage, NewSessionModel>(organisation, model.Value, StatusOf(refusal))
            : await request.RefusalPageAsync(organisation, model.Refusal);
    }

    private static string Address(EditedSession done) => $"/o/{done.Organisation.Id}/sessions/{done.Session.Id}";

    private static int StatusOf(Refusal? refusal) => refusal is null ? StatusCodes.Status200OK : Problem.StatusOf(refusal.Kind);
}
