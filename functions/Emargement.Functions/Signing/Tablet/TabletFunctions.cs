using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing.Tablet;

/// <summary>The device that a trainer hands round for one Session.</summary>
public sealed class TabletFunctions(HandRoundTablet handRound, ListTabletLearners list, Tablets tablets)
{
    private const string Address = SessionRoute.Address + "/tablet";

    /// <summary>Swaps the staff cookie for one that opens this Session's signing only.</summary>
    [Function("HandRoundTablet")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Audit(AuditKind.Device)]
    public Task<IResult> HandRound(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            SessionRoute.Of(request),
            session => handRound.RunAsync(session, request.Caller(), cancellation)
                .ThenAsync(served => tablets.StartAsync(request, served, cancellation)),
            _ => Results.NoContent());

    /// <summary>The names on the handed-round device.</summary>
    [Function("ListTabletLearners")]
    [Access(Callers.Tablet)]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Address)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            SessionRoute.Of(request),
            session => list.RunAsync(session.Organisation, session.Id, request.Caller(), cancellation),
            view => ApiJson.Ok(view));

    /// <summary>The person who handed the device round takes it back with their password.</summary>
    [Function("LeaveTablet")]
    [Access(Callers.Tablet, PerMinute = 20)]
    [Audit(AuditKind.Device)]
    public Task<IResult> Leave(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Address + "/leave")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> _, LeaveTabletRequest body) => tablets.LeaveAsync(request, body.Password, cancellation),
            started => ApiJson.Ok(SignedIn.Of(started)),
            cancellation);
}
