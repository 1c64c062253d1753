using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Api;
using Emargement.Functions.Placements.Weeks;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary>A week of a placement: what the learner declares and maintains, and what the organisation accepts.</summary>
public sealed class PlacementWeekFunctions(
    DeclareWeek declare,
    MaintainDays maintain,
    JustifyAbsences justify,
    HandOverWeek handOver,
    Tablets tablets,
    PlacementAnswers answers)
{
    private const string Device = WeekRoute.Address + "/device";

    /// <summary>Swaps the staff cookie for one with which the learner declares this week, and nothing else.</summary>
    [Function("HandOverWeek")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Audit(AuditKind.Device)]
    public Task<IResult> HandOver(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Device)] HttpRequest request, CancellationToken cancellation) =>
        Endpoint.RunAsync(
            WeekRoute.Of(request),
            week => handOver.RunAsync(week, request.Caller(), cancellation)
                .ThenAsync(handed => tablets.StartAsync(request, handed, cancellation)),
            _ => Results.NoContent());

    /// <summary>The person who handed the device over takes it back with their password.</summary>
    [Function("LeaveWeek")]
    [Access(Callers.Tablet, PerMinute = 20)]
    [Audit(AuditKind.Device)]
    public Task<IResult> Leave(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Device + "/leave")] HttpRequest request,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request,
            WeekRoute.Of(request),
            (PlacementWeek _, LeaveTabletRequest body) => tablets.LeaveAsync(request, body.Password, cancellation),
            started => ApiJson.Ok(SignedIn.Of(started)),
            cancellation);

    /// <summary>The learner declares or corrects days, and signs, on their own device or on one handed over.</summary>
    [Function("DeclareWeek")]
    [Access(Callers.Learner | Callers.Tablet)]
    public Task<IResult> Declare(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = WeekRoute.Address + "/declaration")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            WeekRoute.Of(request),
            (PlacementWeek week, DeclareRequest body) =>
                declare.RunAsync(week, body, request.Caller(), ClientNetwork.Of(request), cancellation),
            cancellation);

    /// <summary>The learner maintains days against the tutor's disagreement.</summary>
    [Function("MaintainDays")]
    [Access(Callers.Learner | Callers.Tablet)]
    public Task<IResult> Maintain(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = WeekRoute.Address + "/maintained")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            WeekRoute.Of(request),
            (PlacementWeek week, MaintainRequest body) => maintain.RunAsync(week, body, request.Caller(), cancellation),
            cancellation);

    /// <summary>The organisation accepts the reason of absences.</summary>
    [Function("JustifyPlacementAbsence")]
    [Access(Callers.Manager)]
    [OwnFacts]
    public Task<IResult> Justify(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = WeekRoute.Address + "/justified")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        answers.ChangedAsync(
            request,
            client,
            WeekRoute.Of(request),
            (PlacementWeek week, JustifyRequest body) => justify.RunAsync(week, body, request.Caller().Id, cancellation),
            cancellation);
}
