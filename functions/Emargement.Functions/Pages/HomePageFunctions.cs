using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages;

/// <summary>The front door, and what every page loads.</summary>
public sealed class HomePageFunctions(OrganisationSettings organisations)
{
    private const string ForGood = "public, max-age=31536000, immutable";

    /// <summary><c>GET /</c>: choose one's organisation; somebody signed in goes straight home, unless they ask to <c>choose</c>.</summary>
    [Function("ShowRootPage")]
    [Public("Everyone passes the front door before choosing an organisation.", PerMinute = 300)]
    [Page]
    public async Task<IResult> ShowRoot(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{empty:maxlength(0)?}")] HttpRequest request,
        CancellationToken cancellation) =>
        request.Query["organisation"].FirstOrDefault()?.Trim().ToLowerInvariant() is { } asked
            ? await ChosenAsync(request, asked, cancellation)
        : !request.Query.ContainsKey("choose") && request.Caller() is { Organisation: { } organisation } caller
            ? Results.Redirect(PageAnswers.HomeOf(caller, organisation))
        : await ChooseAsync(request, new ChooseOrganisationModel(), StatusCodes.Status200OK, cancellation);

    /// <summary>
    /// <c>GET assets/{file}</c>: scripts, styles and fonts. Their names change with
    /// their content, so browsers keep them for good.
    /// </summary>
    [Function("ServeAsset")]
    [Public("The pages of everyone use the same scripts, styles and fonts.", PerMinute = 6000)]
    public static IResult ServeAsset([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "assets/{file}")] HttpRequest request)
    {
        if (Bundle.Find(request.RouteText("file")) is not { } asset)
        {
            return Results.NotFound();
        }

        request.HttpContext.Response.Headers.CacheControl = ForGood;
        return Results.Bytes(asset.Content, asset.ContentType);
    }

    private async Task<IResult> ChosenAsync(HttpRequest request, string asked, CancellationToken cancellation)
    {
        var found = await organisations.GetAsync(asked, cancellation);
        return found.IsOk
            ? Results.Redirect($"/o/{found.Value.Id}")
            : await ChooseAsync(request, new(asked, Unknown: true), StatusCodes.Status404NotFound, cancellation);
    }

    private async Task<IResult> ChooseAsync(
        HttpRequest request, ChooseOrganisationModel model, int status, CancellationToken cancellation)
    {
        var known = await Task.WhenAll(KnownOrganisations.Of(request).Select(o => organisations.GetAsync(o, cancellation)));
        var links = known.Where(o => o.IsOk).Select(o => new LinkModel($"/o/{o.Value!.Id}", o.Value.Name));
        return await request.PageAsync<ChooseOrganisationPage, ChooseOrganisationModel>(null, model with { Known = [.. links] }, status);
    }
}
