using Emargement.Domain.Platform;
using Emargement.Functions.Months.Runs;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions.Marks;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months;

/// <summary>The months of an organisation: listed, shown, calculated again.</summary>
public sealed class MonthFunctions(
    OrganisationSettings organisations, ListMonths list, ShowMonth show, ShowGroupMonth showGroup,
    OpenMonthExport open, MonthRuns runs)
{
    /// <summary>The last twelve months, the newest first.</summary>
    [Function("ListMonths")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = MonthRoute.All)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => list.RunAsync(organisation, cancellation),
            months => ApiJson.Ok(new MonthsListed(months)));

    /// <summary>Where a month stands: its figures by group, what stands against validating it, what was sent, what happened.</summary>
    [Function("ShowMonth")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = MonthRoute.Address)] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => MonthRoute.Of(request).ThenAsync(month => show.RunAsync(organisation, month, cancellation)),
            month => ApiJson.Ok(month));

    /// <summary>Calculates a month again; while that is under way, it is the answer.</summary>
    [Function("RefreshMonth")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months, PerMinute = 10)]
    public async Task<IResult> Refresh(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = MonthRoute.Address + "/refresh")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => MonthRoute.Of(request)
                .ThenAsync(month => runs.StartAsync(client, MonthRun.Of(organisation.Id, month), cancellation)),
            started => ApiJson.Ok(started, StatusCodes.Status202Accepted));

    /// <summary>A group's month: learners by half-days.</summary>
    [Function("ShowGroupMonth")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public async Task<IResult> Group(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = MonthRoute.Group)] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => MonthRoute.Of(request).ThenAsync(month => MonthRoute.GroupOf(request)
                .ThenAsync(group => showGroup.RunAsync(organisation, month, group, cancellation))),
            group => ApiJson.Ok(group));

    /// <summary>A file of a version that was sent to the Région.</summary>
    [Function("DownloadMonthExport")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    [Audit(AuditKind.Export)]
    public async Task<IResult> Download(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = MonthRoute.Address + "/exports/{version}/{file}")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => MonthRoute.Of(request).ThenAsync(month => open.RunAsync(
                organisation, month, request.RouteText("version"), request.RouteText("file"), cancellation)),
            file => Results.Stream(file.Content, file.Type, file.Name));
}
