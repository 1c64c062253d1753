using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Nightly;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Planning.Endpoints;

/// <summary>Tonight's import, before it happens.</summary>
public sealed class NightPreviewFunctions(OrganisationSettings settings, PreviewNight preview)
{
    private const string Route = "api/organisations/{org}/imports/next";

    /// <summary>The files that wait for tonight, and what their import would do if that was looked at.</summary>
    [Function("GetNightPreview")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => preview.ShowAsync(organisation, cancellation),
            shown => ApiJson.Ok(shown));

    /// <summary>Looks now at what tonight's import would do with the files that wait.</summary>
    [Function("MakeNightPreview")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports, PerMinute = 20)]
    public async Task<IResult> Make(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.OfAsync(request, cancellation),
            organisation => preview.RunAsync(organisation, cancellation),
            shown => ApiJson.Ok(shown));
}
