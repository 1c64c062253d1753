using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Hand;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sessions.Following;

/// <summary>What a person decides of a Session of which they and the file do not say the same.</summary>
public sealed class FollowingFunctions(FollowFile follow, KeepByHand keep)
{
    /// <summary>Lets the next import decide again of a Session that a person changed. If-Match carries its version.</summary>
    [Function("FollowFile")]
    [Access(Callers.Manager)]
    public Task<IResult> Follow(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/following")] HttpRequest request,
        CancellationToken cancellation) =>
        SessionPlanningFunctions.ChangeAsync<HandRequest>(
            request,
            (s, body, version) => follow.RunAsync(s.Organisation, s.Id, body, version, request.Caller(), cancellation),
            cancellation);

    /// <summary>Keeps a Session that a person changed over what a file says of it. If-Match carries its version.</summary>
    [Function("KeepByHand")]
    [Access(Callers.Manager)]
    public Task<IResult> Keep(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/keeping")] HttpRequest request,
        CancellationToken cancellation) =>
        SessionPlanningFunctions.ChangeAsync<KeepRequest>(
            request,
            (s, body, version) => keep.RunAsync(s.Organisation, s.Id, body, version, request.Caller(), cancellation),
            cancellation);
}
