using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Signing;

/// <summary>Presence in two steps: a proof of it gives a ticket, and the ticket signs.</summary>
public sealed class PresenceFunctions(TakePresence take, SignPresence sign)
{
    private const string Organisation = "api/organisations/{org}";

    /// <summary>A proof of presence for a ticket to sign with, or for the signature where nothing is to be drawn.</summary>
    [Function("TakePresence")]
    [Public("A token or a personal link says who without a sign-in; the other proofs ask for one themselves.", PerMinute = 3000)]
    public Task<IResult> Take(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Organisation + "/presence")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, PresenceRequest body) =>
                take.RunAsync(organisation, body, request.Caller(), OriginOf(request), cancellation),
            answer => ApiJson.Ok(
                answer, answer.Already is { Repeated: false } ? StatusCodes.Status201Created : StatusCodes.Status200OK),
            cancellation);

    /// <summary>Signs with a ticket; 201 the first time, 200 with the first signature ever after.</summary>
    [Function("SignPresence")]
    [Public("The presence ticket is the permission.", PerMinute = 3000)]
    public Task<IResult> Sign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Organisation + "/signatures")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, SignatureRequest body) =>
                sign.RunAsync(organisation, body, OriginOf(request), request.Caller(), cancellation),
            signed => ApiJson.Ok(signed, signed.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created),
            cancellation);

    private static SignatureOrigin OriginOf(HttpRequest request) => new(ClientNetwork.Of(request), DeviceCookie.Of(request));
}
