using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Api;

/// <summary>What every function does with a placement that a call changed: wakes its workflow, which looks at what is due now,
/// and shows it.</summary>
public sealed class PlacementAnswers(PlacementWaker waker, TimeProvider time)
{
    /// <summary>Answers a call that changes what its address names, with what its body says.</summary>
    public Task<IResult> ChangedAsync<TRoute, TBody>(
        HttpRequest request,
        DurableTaskClient client,
        Result<TRoute> route,
        Func<TRoute, TBody, Task<Result<PlacementFile>>> act,
        CancellationToken cancellation) =>
        Endpoint.RunAsync(
            request, route, (TRoute at, TBody body) => WokenAsync(client, act(at, body), file => file, cancellation), Ok, cancellation);

    /// <summary>Wakes the workflow of what a use case changed.</summary>
    /// <param name="placement">The placement in the outcome.</param>
    public Task<Result<TOut>> WokenAsync<TOut>(
        DurableTaskClient client, Task<Result<TOut>> change, Func<TOut, PlacementFile> placement, CancellationToken cancellation) =>
        change.ThenAsync(async changed =>
        {
            await waker.WakeAsync(client, placement(changed), cancellation);
            return Result<TOut>.FromT(changed);
        });

    public IResult Ok(PlacementFile file) => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow()));

    public IResult Created(PlacementFile file) => ApiJson.Ok(PlacementView.Of(file, time.GetUtcNow()), StatusCodes.Status201Created);
}
