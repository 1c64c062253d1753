using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Sources;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning.Endpoints;

/// <summary>
/// Where an organisation's planning is fetched from each night: shared sheets, calendars, files by their address, YPAREO.
/// </summary>
public sealed class SourceFunctions(
    OrganisationSettings settings,
    PlanningSourcesTable sources,
    ListSources list,
    TrySource trial,
    SaveSource save,
    RunSource run,
    ImportSequel sequel,
    PublicAddress address,
    TimeProvider time)
{
    private const string Route = "api/organisations/{org}/sources";
    private const string One = Route + "/{source}";

    /// <summary>The sources, the first made first. Their addresses are left out.</summary>
    [Function("ListSources")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => list.RunAsync(organisation, cancellation),
            all => ApiJson.Ok(all));

    /// <summary>Fetches from an address and says what its import would do. Keeps nothing.</summary>
    [Function("TrySource")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports, PerMinute = 20)]
    public async Task<IResult> Try(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/source-trials")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await settings.OfAsync(request, cancellation),
            (Organisation organisation, SourceTrialBody body) =>
                trial.RunAsync(organisation, SourceTarget.Of(body.Kind, body.Address, body.Ypareo), null, cancellation),
            report => ApiJson.Ok(report),
            cancellation);

    /// <summary>Makes a source, once its address has given something to import.</summary>
    [Function("CreateSource")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports, PerMinute = 20)]
    public async Task<IResult> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await settings.OfAsync(request, cancellation),
            (Organisation organisation, SourceBody body) =>
                ShowAsync(organisation, save.CreateAsync(organisation, body, request.Caller().Id, cancellation)),
            source => ETags.Ok(source.Value, source.ETag, StatusCodes.Status201Created),
            cancellation);

    /// <summary>One source, with the ETag that a change must carry.</summary>
    [Function("GetSource")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => ShowAsync(organisation, sources.GetAsync(organisation.Id, request.RouteText("source"), cancellation)),
            Ok);

    /// <summary>Renames, pauses or moves a source; a new address is tried first. If-Match carries the ETag that was read.</summary>
    [Function("ChangeSource")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports, PerMinute = 20)]
    public async Task<IResult> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await settings.OfAsync(request, cancellation),
            async (Organisation organisation, SourcePatch patch) => request.IfMatch() is { IsOk: true, Value: var read }
                ? await ShowAsync(organisation, save.ChangeAsync(organisation, request.RouteText("source"), patch, read, cancellation))
                : request.IfMatch().Refusal!,
            Ok,
            cancellation);

    /// <summary>Takes a source away. What it planned stays. If-Match carries the ETag that was read.</summary>
    [Function("DeleteSource")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = One)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            async organisation => request.IfMatch() is { IsOk: true, Value: var read }
                ? await save.DeleteAsync(organisation.Id, request.RouteText("source"), read, cancellation)
                : request.IfMatch().Refusal!,
            _ => Results.NoContent());

    /// <summary>Fetches from a source and imports at once, paused or not.</summary>
    [Function("RunSource")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports, PerMinute = 20)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = One + "/runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => RunAsync(organisation, request, client, cancellation),
            imported => ApiJson.Ok(imported.Report));

    private static IResult Ok(Stored<SourceView> source) => ETags.Ok(source.Value, source.ETag);

    private async Task<Result<Stored<SourceView>>> ShowAsync(Organisation organisation, Task<Result<Stored<PlanningSource>>> source) =>
        await source.ThenAsync(found => Task.FromResult(Result<Stored<SourceView>>.FromT(
            new Stored<SourceView>(SourceView.Of(found.Value, organisation, time.GetUtcNow()), found.ETag))));

    private async Task<Result<Imported>> RunAsync(
        Organisation organisation, HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        if (!request.TryFlag("force", out var force))
        {
            return Refusal.BadInput("query-invalid", ("names", "force"));
        }

        var wish = new ImportWish(DryRun: false, force, address.Of(request));
        var imported = await run.RunAsync(organisation, request.RouteText("source"), wish, request.Caller().Id, cancellation);
        if (imported.IsOk)
        {
            await sequel.StartAsync(client, imported.Value, cancellation);
        }

        return imported;
    }
}
