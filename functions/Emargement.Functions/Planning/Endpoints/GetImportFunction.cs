using Emargement.Domain.Access;
using Emargement.Domain.Platform;
using Emargement.Functions.Access;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Planning.Endpoints;

/// <summary>The report of a run, as JSON, or as a table when its name is followed by <c>.csv</c>.</summary>
public sealed class GetImportFunction(OrganisationSettings settings, ImportBlobs blobs)
{
    private const string Csv = ".csv";

    [Function("GetImport")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/imports/{run}")] HttpRequest request,
        string org,
        string run,
        CancellationToken cancellation)
    {
        var organisation = await settings.GetAsync(org, cancellation);
        if (!organisation.IsOk)
        {
            return Problem.From(organisation.Refusal);
        }

        var asTable = run.EndsWith(Csv, StringComparison.Ordinal);
        var known = ImportRunId.TryParse(asTable ? run[..^Csv.Length] : run, out var id);
        var report = known ? await blobs.FindReportAsync(organisation.Value.Id, id, cancellation) : null;
        if (report is null)
        {
            return Problem.From(Refusal.NotFound("import-not-found"));
        }

        return asTable ? Results.File(ReportCsv.Write(report), "text/csv; charset=utf-8", $"import-{id}.csv") : ApiJson.Ok(report);
    }
}
