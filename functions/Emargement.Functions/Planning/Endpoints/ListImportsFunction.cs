using Emargement.Domain.Access;
using Emargement.Functions.Access;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Planning.Endpoints;

/// <summary>A run as the list shows it, the latest first.</summary>
/// <param name="Run">Its name in <c>GET …/imports/{run}</c>.</param>
public sealed record ImportRunView(
    string Run, ImportRunState State, string By, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, IReadOnlyList<string> Files);

public sealed class ListImportsFunction(OrganisationSettings settings, ImportRunsTable runs, ImportLeases leases)
{
    private const int PageSize = 100;

    [Function("ListImports")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/imports")] HttpRequest request,
        string org,
        CancellationToken cancellation)
    {
        var organisation = await settings.GetAsync(org, cancellation);
        if (!organisation.IsOk)
        {
            return Problem.From(organisation.Refusal);
        }

        // A run a night and a few uploads: a year of them is one page of the storage, so the order of time is made here.
        var all = await runs.AllAsync(organisation.Value.Id, cancellation);
        var after = request.Query["continuation"].ToString();
        var from = after.Length == 0 ? 0 : all.TakeWhile(r => r.Id.ToString() != after).Count() + 1;
        var holder = await leases.HolderAsync(organisation.Value.Id, cancellation);
        var page = all.Skip(from).Take(PageSize).Select(run => View(run.Beside(holder))).ToList();
        return ApiJson.Ok(new Page<ImportRunView>(page, all.Count > from + PageSize ? page[^1].Run : null));
    }

    private static ImportRunView View(ImportRun run) =>
        new(run.Id.ToString(), run.State, run.By, run.StartedAt, run.FinishedAt, [.. run.Files.Select(f => f.Name)]);
}
