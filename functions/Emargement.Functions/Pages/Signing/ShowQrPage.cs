using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Emargement.Functions.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Signing;

/// <summary><c>GET s/{org}/{session}/{code}</c>: what a scan opens. The page comes with its ticket, so that one POST signs: two requests after the scan.</summary>
public sealed class ShowQrPage(OrganisationSettings organisations, TakePresence presence)
{
    [Function("ShowQrPage")]
    [Access(Callers.Learner)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "s/{org}/{session}/{code}")] HttpRequest request,
        string org,
        string session,
        string code,
        CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(org, cancellation);
        var route = SessionRoute.Parse(org, session);
        if ((organisation.Refusal ?? route.Refusal) is { } unknown)
        {
            return await request.RefusalPageAsync(organisation.Value, unknown);
        }

        var proof = new PresenceRequest(new ProofRequest(ProofKind.Qr, code), route.Value.Session);
        var answer = await presence.TakeAsync(route.Value.Organisation, proof, request.Caller(), ClientNetwork.Of(request), cancellation);
        return await SignViews.AnswerAsync(request, organisation.Value!, answer, $"/o/{org}/sign");
    }
}
