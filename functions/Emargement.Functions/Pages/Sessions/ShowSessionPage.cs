using System.Buffers.Text;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Records;
using Emargement.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Sessions;

/// <summary><c>GET o/{org}/sessions/{session}</c>: the trainer's page of one Session, from opening to the sealed sheet.</summary>
public sealed class ShowSessionPage(OrganisationSettings organisations, LiveView live, SessionScenes scenes, TrainersTable trainers, SheetsTable sheets, PublicAddress address, TimeProvider time)
{
    [Function("ShowSessionPage")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/sessions/{session}")] HttpRequest request, string org, string session, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(org, cancellation);
        var route = SessionRoute.Parse(org, session);
        if ((organisation.Refusal ?? route.Refusal) is { } unknown)
        {
            return await request.RefusalPageAsync(organisation.Value, unknown);
        }

        var view = await live.ReadAsync(route.Value.Organisation, route.Value.Session, request.Caller(), cancellation);
        if (!view.IsOk)
        {
            return await request.RefusalPageAsync(organisation.Value, view.Refusal);
        }

        var known = SessionViews.Of(route.Value.Organisation, view.Value, time.GetUtcNow());
        var model = known with
        {
            Closing = known.Closing is { } closing ? await WithSheetAsync(closing, route.Value, cancellation) : null,
            Trainer = await TrainerAsync(route.Value, view.Value, cancellation),
            Projection = view.Value.Session.State == SessionState.Open ? await ProjectionAsync(request, route.Value, cancellation) : null,
        };
        return await request.PageAsync<SessionPage, SessionModel>(organisation.Value, model);
    }

    private async Task<ProjectionModel?> ProjectionAsync(HttpRequest request, SessionRoute route, CancellationToken cancellation)
    {
        var scene = await scenes.NowAsync(route.Organisation, route.Session, cancellation);
        return scene is { IsOk: true, Value.Session: { Key.Length: > 0 } session }
            ? new ProjectionModel(Base64Url.EncodeToString(session.Key.Span), $"{address.Of(request)}/s/{route.Organisation}/{route.Session}/", time.GetUtcNow())
            : null;
    }

    private async Task<ClosingModel> WithSheetAsync(ClosingModel closing, SessionRoute route, CancellationToken cancellation)
    {
        var versions = await sheets.OfSessionAsync(route.Organisation, route.Session, cancellation);
        return versions.Count == 0
            ? closing
            : closing with { SheetUrl = $"/api/organisations/{route.Organisation}/sessions/{route.Session}/sheet", VerifyUrl = $"/v/{versions[^1].Value.Code}" };
    }

    private async Task<string?> TrainerAsync(SessionRoute route, SessionLive view, CancellationToken cancellation) =>
        view.Session.Trainer is { } reference && (await trainers.FindAsync(route.Organisation, reference, cancellation))?.Value is { } trainer
            ? $"{trainer.FirstName} {trainer.LastName}"
            : null;
}
