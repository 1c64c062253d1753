using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Http.Bodies;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning.Endpoints;

/// <summary>The imports of an organisation's planning: made, listed, reported; and the files to begin with.</summary>
public sealed class ImportFunctions(
    ImportUpload import,
    ListImports list,
    OrganisationSettings settings,
    ImportBlobs blobs,
    PublicAddress address,
    LargeBodies bodies)
{
    private const string Route = "api/organisations/{org}/imports";
    private const string Csv = ".csv";

    private readonly byte[] _templates = ImportTemplates.Zip();

    /// <summary>Imports a planning: one CSV file, several, or a ZIP of them.</summary>
    [Function("ImportPlanning")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports, PerMinute = 20)]
    public Task<IResult> Import(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        ImportAsync(request, client, cancellation).ToHttp(report => ApiJson.Ok(report));

    /// <summary>The runs of an organisation's imports, the latest first.</summary>
    [Function("ListImports")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await settings.GetAsync(request.RouteText("org"), cancellation),
            organisation => list.RunAsync(organisation.Id, request.Query["continuation"].ToString(), cancellation),
            page => ApiJson.Ok(page));

    /// <summary>The report of a run, as JSON, or as a table when its name is followed by <c>.csv</c>.</summary>
    [Function("GetImport")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> Report(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route + "/{run}")] HttpRequest request, CancellationToken cancellation)
    {
        var run = request.RouteText("run");
        var asTable = run.EndsWith(Csv, StringComparison.Ordinal);
        var known = ImportRunId.TryParse(asTable ? run[..^Csv.Length] : run, out var id);
        return await Endpoint.RunAsync(
            await settings.GetAsync(request.RouteText("org"), cancellation),
            async organisation => known && await blobs.FindReportAsync(organisation.Id, id, cancellation) is { } report
                ? report
                : Result<ImportReport>.FromRefusal(Refusal.NotFound("import-not-found")),
            report => asTable
                ? Results.File(ReportCsv.Write(report), "text/csv; charset=utf-8", $"import-{id}.csv")
                : ApiJson.Ok(report));
    }

    /// <summary>The files of an import, empty and with examples, as a ZIP.</summary>
    [Function("GetImportTemplates")]
    [Public("The templates hold no data of anybody, and are read before there is an account.")]
    public IResult Templates(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/import-templates.zip")] HttpRequest request) =>
        Results.File(_templates, "application/zip", "modeles-import.zip");

    private async Task<Result<ImportReport>> ImportAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        if (!request.TryFlag("dryRun", out var dryRun) || !request.TryFlag("force", out var force))
        {
            return Refusal.BadInput("query-invalid", ("names", "dryRun, force"));
        }

        var bytes = Math.Min(request.ContentLength ?? UploadReader.MaxBytes, UploadReader.MaxBytes);
        var room = await bodies.EnterAsync(BodyLane.Spooled, bytes, cancellation);
        if (!room.IsOk)
        {
            return room.Refusal;
        }

        using var held = room.Value;
        var files = await request.ReadFilesAsync(cancellation);
        if (!files.IsOk)
        {
            return files.Refusal;
        }

        try
        {
            var call = new ImportCall(client, address.Of(request));
            var wish = new ImportWish(dryRun, force);
            return await import.RunAsync(request.RouteText("org"), files.Value, wish, request.Caller().Id, call, cancellation);
        }
        finally
        {
            foreach (var file in files.Value)
            {
                file.Dispose();
            }
        }
    }
}
