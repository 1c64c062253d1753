using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Sessions.Hand;

public sealed record PersonExpected(Reference Learner, bool Expected);

public sealed record SessionCountersigned(DateTimeOffset At, string By);

/// <summary>A Session taken in hand: cut in two, put together, its people and its trainer changed.</summary>
public sealed class SessionHandFunctions(
    SplitSession split, MergeSessions merge, ChangeRoster roster, TakeOverSession takeOver, CountersignSession countersign,
    SealStarter seal)
{
    /// <summary>Cuts a planned Session in two; the answer is the first part. If-Match carries its version.</summary>
    [Function("SplitSession")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public Task<IResult> Split(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/split")] HttpRequest request,
        CancellationToken cancellation) =>
        SessionPlanningFunctions.ChangeAsync<SplitRequest>(
            request,
            (s, body, version) => split.RunAsync(s.Organisation, s.Id, body, version, request.Caller(), cancellation),
            cancellation);

    /// <summary>Puts two planned Sessions of one half-day together. If-Match carries the version of the one that stays.</summary>
    [Function("MergeSessions")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public Task<IResult> Merge(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/merge")] HttpRequest request,
        CancellationToken cancellation) =>
        SessionPlanningFunctions.ChangeAsync<MergeRequest>(
            request,
            (s, body, version) => merge.RunAsync(s.Organisation, s.Id, body, version, request.Caller(), cancellation),
            cancellation);

    /// <summary>Adds a person to a Session's list, or takes one off it.</summary>
    [Function("ChangeRoster")]
    [Access(Callers.Trainer | Callers.Manager)]
    public Task<IResult> Roster(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/roster")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> session, RosterRequest body) => roster
                .RunAsync(session.Organisation, session.Id, body, request.Caller(), cancellation)
                .ThenAsync(changed => seal.AfterAsync(client, changed, changed.Seal, cancellation)),
            c => ApiJson.Ok(new PersonExpected(c.Learner, c.Expected)),
            cancellation);

    /// <summary>A trainer takes over a colleague's Session that nobody has opened.</summary>
    [Function("TakeOverSession")]
    [Access(Callers.Trainer)]
    public Task<IResult> TakeOver(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/takeover")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            SessionRoute.Of(request),
            session => takeOver.RunAsync(session.Organisation, session.Id, request.Caller(), cancellation),
            taken => SessionEdited.Answer(taken, StatusCodes.Status200OK));

    /// <summary>The planned trainer signs what somebody else closed; it makes a new version of the sheet.</summary>
    [Function("CountersignSession")]
    [Access(Callers.Trainer)]
    public Task<IResult> Countersign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/countersignature")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> session, CountersignRequest body) => countersign
                .RunAsync(session.Organisation, session.Id, body, request.Caller(), cancellation)
                .ThenAsync(signed => seal.StartAsync(client, signed, cancellation)),
            c => ApiJson.Ok(new SessionCountersigned(c.At, c.By)),
            cancellation);
}
