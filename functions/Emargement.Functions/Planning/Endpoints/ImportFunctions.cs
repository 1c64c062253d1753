using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Nightly;
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
    WaitForNight wait,
    ImportSequel sequel,
    ListImports list,
    OrganisationSettings settings,
    ImportBlobs blobs,
    PublicAddress address,
    LargeBodies bodies)
{
    private const string Route = "api/organisations/{org}/imports";
    private const string Csv = ".csv";

    private readonly byte[] _templates = ImportTemplates.Zip();
    private readonly byte[] _workbook = ImportTemplates.Workbook();

    /// <summary>Imports a planning: one CSV file, several, or a ZIP of them; with <c>tonight</c> the files wait for the night.</summary>
    [Function("ImportPlanning")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports, PerMinute = 20)]
    public Task<IResult> Import(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation) =>
        request.TryFlag("tonight", out var tonight) && tonight
            ? WaitAsync(request, cancellation).ToHttp(waiting => ApiJson.Ok(waiting, StatusCodes.Status202Accepted))
            : ImportAsync(request, client, cancellation).ToHttp(imported => ApiJson.Ok(imported.Report));

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
        var asTable = request.RouteText("run").EndsWith(Csv, StringComparison.Ordinal);
        return await Endpoint.RunAsync(
            await settings.GetAsync(request.RouteText("org"), cancellation),
            organisation => FindReportAsync(organisation.Id, request.RouteText("run"), cancellation),
            report => asTable
                ? Results.File(ReportCsv.Write(report), "text/csv; charset=utf-8", $"import-{report.Run}.csv")
                : ApiJson.Ok(report));
    }

    /// <summary>The files of an import, empty and with examples, as a ZIP.</summary>
    [Function("GetImportTemplates")]
    [Public("The templates hold no data of anybody, and are read before there is an account.")]
    public IResult Templates(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/import-templates.zip")] HttpRequest request) =>
        Results.File(_templates, "application/zip", "modeles-import.zip");

    /// <summary>The tables of an import as one workbook with lists to choose from, for Excel or to open in Google Sheets.</summary>
    [Function("GetImportWorkbook")]
    [Public("The templates hold no data of anybody, and are read before there is an account.")]
    public IResult Workbook(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/import-template.xlsx")] HttpRequest request) =>
        Results.File(
            _workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "modele-import.xlsx");

    private async Task<Result<ImportReport>> FindReportAsync(OrganisationId organisation, string run, CancellationToken cancellation)
    {
        var name = run.EndsWith(Csv, StringComparison.Ordinal) ? run[..^Csv.Length] : run;
        return ImportRunId.TryParse(name, out var id) && await blobs.FindReportAsync(organisation, id, cancellation) is { } report
            ? report
            : Refusal.NotFound("import-not-found");
    }

    // A night never forces, and is looked at anyway.
    private async Task<Result<NightPreview>> WaitAsync(HttpRequest request, CancellationToken cancellation) =>
        request.Query.ContainsKey("dryRun") || request.Query.ContainsKey("force")
            ? Refusal.BadInput("query-invalid", ("names", "dryRun, force, tonight"))
            : await (await settings.OfAsync(request, cancellation)).ThenAsync(organisation => bodies.SpooledAsync(
                request, files => wait.RunAsync(organisation, files, cancellation), cancellation));

    private async Task<Result<Imported>> ImportAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellation)
    {
        Result<ImportWish> wish = request.TryFlag("dryRun", out var dryRun) && request.TryFlag("force", out var force)
            && request.TryFlag("tonight", out _)
            ? new ImportWish(dryRun, force, address.Of(request))
            : Refusal.BadInput("query-invalid", ("names", "dryRun, force, tonight"));
        var imported = await wish.ThenAsync(asked => bodies.SpooledAsync(
            request,
            files => import.RunAsync(request.RouteText("org"), files, asked, request.Caller().Id, cancellation),
            cancellation));
        if (imported.IsOk)
        {
            await sequel.StartAsync(client, imported.Value, cancellation);
        }

        return imported;
    }
}
