using Emargement.Domain.Accounts;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Telling;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Portal;

/// <summary>What a Région answers to a month: received, returned, closed, opened again.</summary>
public sealed class PortalAnswerFunctions(AnswerMonth answer)
{
    /// <summary>Says that the Région has a version; again, it answers as the first time.</summary>
    [Function("AcknowledgeMonth")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months, Role = OfficerRole.Handling)]
    public Task<IResult> Acknowledge(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PortalRoute.Place + "/acknowledgement")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            PortalRoute.Of(request),
            (PortalPlace place, AcknowledgementBody body) => answer
                .AcknowledgeAsync(place, body, request.Caller(), cancellation)
                .TellAsync(client, month => (month.Organisation, place.Month), cancellation),
            month => ApiJson.Ok(month),
            cancellation);

    /// <summary>Gives a month back to its organisation, with what is to be taken up again.</summary>
    [Function("ReturnMonth")]
    [Access(Callers.RegionKey | Callers.Officer, Right = ApiRights.Months, Role = OfficerRole.Handling)]
    public Task<IResult> Return(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PortalRoute.Place + "/return")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            PortalRoute.Of(request),
            (PortalPlace place, ReturnBody body) => answer
                .ReturnAsync(place, body, request.Caller(), cancellation)
                .TellAsync(client, month => (month.Organisation, place.Month), cancellation),
            month => ApiJson.Ok(month),
            cancellation);

    /// <summary>Closes a month that was sent, for good.</summary>
    [Function("LockPortalMonth")]
    [Access(Callers.Operator | Callers.Officer, Role = OfficerRole.Leading)]
    public Task<IResult> Lock(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PortalRoute.Place + "/lock")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            PortalRoute.Of(request),
            place => answer
                .LockAsync(place, request.Caller(), cancellation)
                .TellAsync(client, month => (month.Organisation, place.Month), cancellation),
            month => ApiJson.Ok(month));

    /// <summary>Opens a closed month again, on the Région's demand.</summary>
    [Function("UnlockPortalMonth")]
    [Access(Callers.Operator | Callers.Officer, Role = OfficerRole.Leading)]
    public Task<IResult> Unlock(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = PortalRoute.Place + "/unlock")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            PortalRoute.Of(request),
            (PortalPlace place, UnlockBody body) => answer
                .UnlockAsync(place, body, request.Caller(), cancellation)
                .TellAsync(client, month => (month.Organisation, place.Month), cancellation),
            month => ApiJson.Ok(month),
            cancellation);
}
