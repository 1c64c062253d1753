using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Region.Export;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Region;

/// <summary>Streams one file of a whole version.</summary>
public sealed class DownloadRegionExport(ExportsTable exports, ExportContainer container)
{
    [Function("DownloadRegionExport")]
    [Access(Callers.RegionKey | Callers.Operator, Right = ApiRights.Exports, PerMinute = 600)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/region/{region}/exports/{month}/{nda}/{version}/{file}")] HttpRequest request,
        string region,
        string month,
        string nda,
        string version,
        string file,
        CancellationToken cancellation)
    {
        var route = RegionRoute.Parse(region, month);
        if (!route.IsOk)
        {
            return Problem.From(route.Refusal);
        }

        if (!nda.All(char.IsAsciiDigit) || !RegionFiles.Names.Contains(file) || !TryReadVersion(version, out var number)
            || await exports.FindAsync(route.Value.Region, route.Value.Month, nda, number, cancellation) is not { Stage: ExportStage.Complete } found
            || await container.OpenReadAsync(found, file, cancellation) is not { } content)
        {
            return Problem.From(Refusal.NotFound("export-not-found"));
        }

        request.HttpContext.Response.Headers.CacheControl = "private, no-store";
        return Results.Stream(content, ContentType(file), $"{found.Region}-{found.Month}-{nda}-v{number}-{file}");
    }

    private static bool TryReadVersion(string text, out int version)
    {
        version = 0;
        return text.StartsWith('v') && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out version) && version is > 0 and < 10_000;
    }

    private static string ContentType(string file) => Path.GetExtension(file) switch
    {
        ".csv" => "text/csv; charset=utf-8",
        ".json" => "application/json",
        _ => "application/pkcs7-signature",
    };
}
