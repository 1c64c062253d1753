using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning.Push;

/// <summary>The planning as other systems push it, change by change or in batches. <c>source</c> is the name that a system gives itself.
/// Several never cancel each other's sessions.</summary>
public sealed class PushFunctions(
    OrganisationSettings settings, PushPlanning push, ListPushedSessions list, IPlanningFollower follower, PublicAddress address)
{
    private const string Route = "api/organisations/{org}/planning";

    /// <summary>Makes or changes a training; members are the columns of <c>actions</c>.</summary>
    [Function("PutPlannedTraining")]
    [Access(Callers.Machine | Callers.Operator, Right = ApiRights.Planning, PerMinute = 600)]
    public Task<IResult> PutTraining(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "/trainings/{ref}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => PutAsync<PushedTraining>(request, client, cancellation);

    /// <summary>Makes or changes a trainer; members are the columns of <c>formateurs</c>.</summary>
    [Function("PutPlannedTrainer")]
    [Access(Callers.Machine | Callers.Operator, Right = ApiRights.Planning, PerMinute = 600)]
    public Task<IResult> PutTrainer(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "/trainers/{ref}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => PutAsync<PushedTrainer>(request, client, cancellation);

    /// <summary>Makes or changes a learner; members are the columns of <c>stagiaires</c> that speak of the person.</summary>
    [Function("PutPlannedLearner")]
    [Access(Callers.Machine | Callers.Operator, Right = ApiRights.Planning, PerMinute = 600)]
    public Task<IResult> PutLearner(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "/learners/{ref}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => PutAsync<PushedLearner>(request, client, cancellation);

    /// <summary>
    /// Enrols a learner in a training's group; all periods of the enrolment together, as the rows of <c>stagiaires</c> are.
    /// </summary>
    [Function("PutPlannedEnrolment")]
    [Access(Callers.Machine | Callers.Operator, Right = ApiRights.Planning, PerMinute = 600)]
    public Task<IResult> PutEnrolment(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "/enrolments/{ref}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => PutAsync<PushedEnrolment>(request, client, cancellation);

    /// <summary>Plans or changes a slot, today's too, which is flagged; members are the columns of <c>planning</c>.</summary>
    [Function("PutPlannedSession")]
    [Access(Callers.Machine | Callers.Operator, Right = ApiRights.Planning, PerMinute = 600)]
    public Task<IResult> PutSession(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route + "/sessions/{ref}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) => PutAsync<PushedSession>(request, client, cancellation);

    /// <summary>Cancels a slot that the source pushed; it stays visible. <c>revision</c> is the source's own.</summary>
    [Function("CancelPlannedSession")]
    [Access(Callers.Machine | Callers.Operator, Right = ApiRights.Planning, PerMinute = 600)]
    public async Task<IResult> Cancel(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route + "/sessions/{ref}")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => OneAsync(organisation, RevisionOf(request), request, client, cancellation),
            pushed => ETags.Ok(pushed.Answer.Items[0], PushPlanning.ETagOf(pushed.Answer.Items[0].Version!)));

    /// <summary>Takes up to 500 things at once; the answer says of each what became of it.</summary>
    [Function("PushPlanning")]
    [Access(Callers.Machine | Callers.Operator, Right = ApiRights.Planning, PerMinute = 60)]
    public async Task<IResult> Batch(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await settings.OfAsync(request, cancellation),
            (Organisation organisation, PushBatch batch) =>
                WokenAsync(client, push.RunAsync(organisation, batch, Wish(request, null), cancellation), cancellation),
            pushed => ApiJson.Ok(pushed.Answer),
            cancellation);

    /// <summary>The slots of 31 days at most that a source pushed and that stand.</summary>
    [Function("ListPlannedSessions")]
    [Access(Callers.Machine | Callers.Operator, Right = ApiRights.Planning)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/sessions")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            async organisation => CalendarDay.TryParse(request.Query["from"], out var from)
                && CalendarDay.TryParse(request.Query["to"], out var to)
                ? await list.RunAsync(organisation.Id, request.Query["source"], from, to, cancellation)
                : Refusal.BadInput("date-invalid"),
            slots => ApiJson.Ok(slots));

    private async Task<IResult> PutAsync<TBody>(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
        where TBody : IPushed =>
        await Endpoint.RunAsync(
            request,
            await settings.OfAsync(request, cancellation),
            (Organisation organisation, TBody body) => OneAsync(organisation, body, request, client, cancellation),
            pushed => ETags.Ok(pushed.Answer.Items[0], PushPlanning.ETagOf(pushed.Answer.Items[0].Version!)),
            cancellation);

    private async Task<Result<Pushed>> OneAsync(
        Organisation organisation, Result<IPushed> body, HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        var match = request.Headers.IfMatch.Count > 0 ? request.IfMatch() : default(ETag);
        if (!body.IsOk || !match.IsOk)
        {
            return body.Refusal ?? match.Refusal!;
        }

        var named = request.RouteText("ref");
        if (!Reference.TryParseKey(named, out var reference) && !Reference.TryParse(named, out reference))
        {
            return Refusal.BadInput("body-invalid", ("path", "ref"));
        }

        var wish = Wish(request, match.Value == default ? null : match.Value);
        return await PushItem.Of(body.Value, reference).ThenAsync(
            item => WokenAsync(client, push.RunAsync(organisation, item, wish, cancellation), cancellation));
    }

    private PushWish Wish(HttpRequest request, ETag? match) =>
        new(request.Query["source"], match, address.Of(request), request.Caller().Id);

    private static Result<IPushed> RevisionOf(HttpRequest request) =>
        request.Query["revision"].FirstOrDefault() is not { Length: > 0 } text ? new CancelledPush()
        : long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var revision)
            ? new CancelledPush(Revision: revision)
            : Refusal.BadInput("query-invalid", ("names", "revision"));

    private async Task<Result<Pushed>> WokenAsync(DurableTaskClient client, Task<Result<Pushed>> push, CancellationToken cancellation)
    {
        var pushed = await push;
        if (pushed.Value?.Imported is { } imported)
        {
            await follower.WakeAsync(client, imported, cancellation);
        }

        return pushed;
    }
}
