using System.Diagnostics.CodeAnalysis;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Platform;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages;

/// <summary><c>GET assets/{file}</c>: scripts, styles and fonts. Their names change with their content, so browsers keep them for good.</summary>
public sealed class ServeAsset
{
    private const string ForGood = "public, max-age=31536000, immutable";

    [SuppressMessage("Performance", "CA1822", Justification = "The worker calls functions on an instance.")]
    [Function("ServeAsset")]
    [Public("The pages of everyone use the same scripts, styles and fonts.", PerMinute = 6000)]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "assets/{file}")] HttpRequest request, string file)
    {
        if (Bundle.Find(file) is not { } asset)
        {
            return Results.NotFound();
        }

        request.HttpContext.Response.Headers.CacheControl = ForGood;
        return Results.Bytes(asset.Content, asset.ContentType);
    }
}
