using Azure;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Sessions.Hand;

/// <summary>The planning of Sessions by hand: created, changed, cancelled, restored.</summary>
public sealed class SessionPlanningFunctions(
    CreateSession create, EditSession edit, CancelSession cancel, RestoreSession restore)
{
    /// <summary>Creates a Session that no file plans. Asked again, it answers with the same.</summary>
    [Function("CreateSession")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.All)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            request.Organisation(),
            (OrganisationId organisation, NewSession body) => create.RunAsync(organisation, body, request.Caller(), cancellation),
            created => SessionEdited.Answer(created, StatusCodes.Status201Created),
            cancellation);

    /// <summary>Changes the planning of a Session; members left out stay. If-Match carries its version.</summary>
    [Function("EditSession")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public Task<IResult> Edit(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = SessionRoute.Address)] HttpRequest request,
        CancellationToken cancellation) =>
        ChangeAsync<SessionPatch>(
            request,
            (s, body, version) => edit.RunAsync(s.Organisation, s.Id, body, version, request.Caller(), cancellation),
            cancellation);

    /// <summary>Cancels a Session that nobody signed; it stays visible. If-Match carries its version.</summary>
    [Function("CancelSession")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/cancellation")] HttpRequest request,
        CancellationToken cancellation) =>
        ChangeAsync<HandRequest>(
            request,
            (s, body, version) => cancel.RunAsync(s.Organisation, s.Id, body, version, request.Caller(), cancellation),
            cancellation);

    /// <summary>Plans a cancelled Session again, or another in its place when it was open once. If-Match carries its version.</summary>
    [Function("RestoreSession")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Planning)]
    public Task<IResult> Restore(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/restoration")] HttpRequest request,
        CancellationToken cancellation) =>
        ChangeAsync<HandRequest>(
            request,
            (s, body, version) => restore.RunAsync(s.Organisation, s.Id, body, version, request.Caller(), cancellation),
            cancellation);

    internal static Task<IResult> ChangeAsync<TBody>(
        HttpRequest request, Func<Route<SessionId>, TBody, ETag, Task<Result<EditedSession>>> act, CancellationToken cancellation) =>
        Endpoint.ChangeAsync(
            request,
            SessionRoute.Of(request),
            act,
            edited => SessionEdited.Answer(edited, StatusCodes.Status200OK),
            cancellation);
}
