using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions.Following;
using Emargement.Functions.Sessions.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Net.Http.Headers;

namespace Emargement.Functions.Sessions;

/// <param name="Continuation">What asks for the next of the days asked for; null when these are all.</param>
public sealed record SessionsOfDay(IReadOnlyList<DaySession> Sessions, string? Continuation = null);

/// <summary>What the trainer's page derives its codes from.</summary>
public sealed record SessionOpened(
    SessionId Session,
    string Key,
    string QrPrefix,
    DateTimeOffset? OpenedAt,
    DateTimeOffset WindowOpens,
    DateTimeOffset WindowEnds,
    DateTimeOffset ServerTime);

public sealed record LearnerMarked(
    Reference Learner, AttendanceMark Mark, int Minutes, string? Reason, DateTimeOffset At, string By);

public sealed record SessionClosed(
    string Session, DateTimeOffset ClosedAt, string By, int HeadCount, int SignedCount, int Expected);

public sealed record AttendanceCorrected(
    Reference Learner, AttendanceMark Mark, int Minutes, string Reason, SigningMethod? Method, DateTimeOffset At, string By);

/// <summary>Sessions: those of a day, one as it is now, and what its staff does with it, from opening to correction.</summary>
public sealed class SessionFunctions(
    ListSessionsOfDay list,
    WatchSession watch,
    OpenSession open,
    MarkLearner mark,
    CloseSession close,
    CorrectAttendance correct,
    SealStarter seal,
    OpeningAnnouncer announcer,
    ListSessionsBetween between,
    PublicAddress address,
    TimeProvider time)
{
    /// <summary>The caller's Sessions: of a day, today unless said; or, from a day to another, as the query asks.</summary>
    [Function("ListSessionsOfDay")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions")]
    public Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SessionRoute.All)] HttpRequest request, CancellationToken cancellation) =>
        SessionsQuery.IsAsked(request) ? ListBetween(request, cancellation) : Endpoint.RunAsync(
            DayOf(request),
            asked => list.RunAsync(asked.Organisation, asked.Day, request.Caller(), cancellation),
            sessions => ApiJson.Ok(new SessionsOfDay(sessions)));

    /// <summary>The live view. Its ETag lets a page ask every few seconds and receive 304 while nothing changed.</summary>
    [Function("ShowSession")]
    [Access(Callers.Trainer | Callers.Manager | Callers.Machine, Right = "sessions", PerMinute = 240)]
    public Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = SessionRoute.Address)] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            SessionRoute.Of(request),
            session => watch.RunAsync(session.Organisation, session.Id, request.Caller(), cancellation),
            live => LiveAnswer(request, live));

    /// <summary>Opens it: the key and all that the trainer's page needs to show rotating codes by itself.</summary>
    [Function("OpenSession")]
    [Access(Callers.Trainer | Callers.Manager)]
    [OwnFacts]
    public Task<IResult> Open(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/open")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            SessionRoute.Of(request),
            session => open.RunAsync(session.Organisation, session.Id, request.Caller(), cancellation)
                .ThenAsync(opened => announcer.TellAsync(client, session.Organisation, opened, cancellation)),
            opened => ApiJson.Ok(Answer(opened, address.Of(request))));

    /// <summary>Marks a learner: late, gone early, absent, present.</summary>
    [Function("MarkLearner")]
    [Access(Callers.Trainer | Callers.Manager)]
    [OwnFacts]
    public Task<IResult> Mark(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/marks")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> session, MarkRequest body) =>
                mark.RunAsync(session.Organisation, session.Id, body, request.Caller(), cancellation),
            m => ApiJson.Ok(new LearnerMarked(m.Learner, m.Mark, m.Minutes, m.Reason, m.At, m.By), StatusCodes.Status201Created),
            cancellation);

    /// <summary>Head-count, signature, closing; then the sheet is sealed.</summary>
    [Function("CloseSession")]
    [Access(Callers.Trainer | Callers.Manager)]
    [OwnFacts]
    public Task<IResult> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/close")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> session, CloseRequest body) => close
                .RunAsync(session.Organisation, session.Id, body, ClientNetwork.Of(request), request.Caller(), cancellation)
                .ThenAsync(closed => seal.StartAsync(client, closed, cancellation)),
            c => ApiJson.Ok(
                new SessionClosed(request.RouteText("session"), c.At, c.By, c.HeadCount, c.SignedCount, c.Expected)),
            cancellation);

    /// <summary>A correction after closing; it makes a new version of the sheet.</summary>
    [Function("CorrectAttendance")]
    [Access(Callers.Trainer | Callers.Manager)]
    [OwnFacts]
    public Task<IResult> Correct(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/corrections")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            SessionRoute.Of(request),
            (Route<SessionId> session, CorrectionRequest body) => correct
                .RunAsync(session.Organisation, session.Id, body, request.Caller(), cancellation)
                .ThenAsync(corrected => seal.StartAsync(client, corrected, cancellation)),
            c => ApiJson.Ok(
                new AttendanceCorrected(c.Learner, c.Mark, c.Minutes, c.Reason, c.Method, c.At, c.By), StatusCodes.Status201Created),
            cancellation);

    private Task<IResult> ListBetween(HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            SessionsQuery.Of(request, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)),
            asked => between.RunAsync(asked.Organisation, asked.Asked, request.Caller(), cancellation),
            page => ApiJson.Ok(new SessionsOfDay(page.Items, page.Continuation)));

    private static Result<(OrganisationId Organisation, DateOnly? Day)> DayOf(HttpRequest request)
    {
        var organisation = request.Organisation();
        if (!organisation.IsOk || !request.Query.TryGetValue("date", out var text))
        {
            return organisation.IsOk ? (organisation.Value, null) : organisation.Refusal;
        }

        return CalendarDay.TryParse(text, out var day)
            ? (organisation.Value, day)
            : Refusal.BadInput("date-invalid");
    }

    private static IResult LiveAnswer(HttpRequest request, SessionLive live)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(live, ApiJson.Options);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16))}\"");
        request.HttpContext.Response.Headers.ETag = tag.ToString();
        request.HttpContext.Response.Headers.CacheControl = "private, no-cache";
        return request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false))
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(json, "application/json; charset=utf-8");
    }

    private static SessionOpened Answer(OpenedSession opened, string publicAddress) => new(
        opened.Session.Id,
        Base64Url.EncodeToString(opened.Session.Key.Span),
        SessionRoute.QrPrefix(publicAddress, opened.Session.Organisation, opened.Session.Id),
        opened.Session.OpenedAt,
        opened.Window.OpensAt,
        opened.Window.EndsAt,
        opened.ServerTime);
}
