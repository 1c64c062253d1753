using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Runs;
using Emargement.Functions.Months.Settling;
using Emargement.Functions.Months.Telling;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions.Marks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Validation;

/// <summary>The life of a month: accepted, validated, taken up again, closed.</summary>
public sealed class ValidationFunctions(
    OrganisationSettings organisations, ListPending list, AcceptAnomalies accept, ValidateMonth validate, WithdrawMonth withdraw,
    MonthRuns runs)
{
    /// <summary>What stands against validating a month.</summary>
    [Function("ListBlockers")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public async Task<IResult> Blockers(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = MonthRoute.Address + "/blockers")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => MonthRoute.Of(request)
                .Then(month => new PendingQuestion(null, month, request.Query["continuation"].FirstOrDefault(), Blocking: true))
                .ThenAsync(asked => list.RunAsync(organisation, asked, cancellation)),
            page => ApiJson.Ok(PendingList.Of(page)));

    /// <summary>Accepts anomalies of one sort with a reason.</summary>
    [Function("AcceptAnomalies")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public async Task<IResult> Accept(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = MonthRoute.Address + "/acceptances")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await PlaceAsync(request, cancellation),
            (MonthPlace place, AcceptancesRequest body) => accept
                .RunAsync(place.Organisation, place.Month, body, request.Caller(), cancellation)
                .ThenAsync(accepted => CalculatedAsync(client, place, accepted, cancellation)),
            accepted => ApiJson.Ok(accepted),
            cancellation);

    /// <summary>Validates a month that is over; its export follows.</summary>
    [Function("ValidateMonth")]
    [Access(Callers.Manager, PerMinute = 20)]
    public async Task<IResult> Validate(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = MonthRoute.Address + "/validation")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await PlaceAsync(request, cancellation),
            (MonthPlace place, ValidationRequest body) => validate
                .RunAsync(place.Organisation, place.Month, body, request.Caller(), cancellation)
                .ThenAsync(life => ValidationRuns.StartAsync(client, place.Organisation, life, request.Caller().Id, cancellation)),
            moved => ApiJson.Ok(moved, StatusCodes.Status202Accepted),
            cancellation);

    /// <summary>Takes a validated month up again.</summary>
    [Function("WithdrawMonth")]
    [Access(Callers.Manager, PerMinute = 20)]
    public async Task<IResult> Withdraw(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = MonthRoute.Address + "/withdrawal")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await PlaceAsync(request, cancellation),
            (MonthPlace place, MonthReason body) =>
                withdraw.RunAsync(place.Organisation, place.Month, body, request.Caller(), cancellation),
            life => ApiJson.Ok(new MonthMoved(life.Month, life.State)),
            cancellation);

    /// <summary>Closes a month that was sent, for good.</summary>
    [Function("LockMonth")]
    [Access(Callers.Manager, PerMinute = 20)]
    public async Task<IResult> Lock(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = MonthRoute.Address + "/lock")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await PlaceAsync(request, cancellation),
            place => withdraw
                .LockAsync(place.Organisation, place.Month, request.Caller(), cancellation)
                .TellAsync(client, life => (place.Organisation.Id, life.Month), cancellation),
            life => ApiJson.Ok(new MonthMoved(life.Month, life.State)));

    private async Task<Result<MonthPlace>> PlaceAsync(HttpRequest request, CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        var month = MonthRoute.Of(request);
        return !organisation.IsOk ? organisation.Refusal : !month.IsOk ? month.Refusal : new MonthPlace(organisation.Value, month.Value);
    }

    private async Task<Result<AnomaliesAccepted>> CalculatedAsync(
        DurableTaskClient client, MonthPlace place, AnomaliesAccepted accepted, CancellationToken cancellation)
    {
        await runs.StartAsync(client, MonthRun.Of(place.Organisation.Id, place.Month), cancellation);
        return accepted;
    }

    private sealed record MonthPlace(Organisation Organisation, YearMonth Month);
}
