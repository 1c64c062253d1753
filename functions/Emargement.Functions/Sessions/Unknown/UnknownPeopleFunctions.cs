using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sessions.Unknown;

/// <summary>People in the room of a Session who are on no list.</summary>
public sealed class UnknownPeopleFunctions(TellOfUnknown tell)
{
    /// <summary>Tells the managers of people whom nobody enrolled; a manager's empty list says that they are dealt with.</summary>
    [Function("TellOfUnknownPeople")]
    [Access(Callers.Trainer | Callers.Manager)]
    public Task<IResult> Tell(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/unknown-people")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> session, UnknownPeopleRequest body) =>
                tell.RunAsync(session.Organisation, session.Id, body, request.Caller(), cancellation),
            told => ApiJson.Ok(told),
            cancellation);
}
