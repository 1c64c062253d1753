using Emargement.Functions.Placements.Weeks;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary>A week of a placement: what the learner declares and maintains, and what the organisation accepts.</summary>
public sealed class PlacementWeekFunctions(DeclareWeek declare, MaintainDays maintain, JustifyAbsences justify, PlacementAnswers answers)
{
    /// <summary>The learner declares or corrects days, and signs; without e-mail, on the organisation's device.</summary>
    [Function("DeclareWeek")]
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
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
    [Access(Callers.Learner | Callers.Trainer | Callers.Manager)]
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
