using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Placements;

/// <summary>The organisation and the placement that an address names.</summary>
public readonly record struct PlacementRoute(OrganisationId Organisation, PlacementId Placement)
{
    public static Result<PlacementRoute> Parse(string org, string placement) =>
        !OrganisationId.TryParse(org, out var organisation) ? Refusal.NotFound("organisation-unknown")
        : !PlacementId.TryParse(placement, out var id) ? Refusal.NotFound("placement-unknown")
        : new PlacementRoute(organisation, id);

    /// <summary>Reads the body and acts on the placement that the address names; refuses what names none.</summary>
    public static async Task<IResult> RunAsync<TBody, TOut>(
        HttpRequest request, string org, string placement, Func<PlacementRoute, TBody, Task<Result<TOut>>> act, Func<TOut, IResult> ok, CancellationToken cancellation)
    {
        var route = Parse(org, placement);
        if (!route.IsOk)
        {
            return Problem.From(route.Refusal);
        }

        var body = await request.ReadBodyAsync<TBody>(cancellation);
        return body.IsOk ? await act(route.Value, body.Value).ToHttp(ok) : Problem.From(body.Refusal);
    }

    /// <summary>Acts on the placement that the address names, without a body.</summary>
    public static async Task<IResult> RunAsync<TOut>(string org, string placement, Func<PlacementRoute, Task<Result<TOut>>> act, Func<TOut, IResult> ok)
    {
        var route = Parse(org, placement);
        return route.IsOk ? await act(route.Value).ToHttp(ok) : Problem.From(route.Refusal);
    }
}
