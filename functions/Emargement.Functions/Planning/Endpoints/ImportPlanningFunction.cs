using Emargement.Domain.Access;
using Emargement.Domain.Platform;
using Emargement.Functions.Access;
using Emargement.Functions.Placements.Import;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning.Endpoints;

public sealed class ImportPlanningFunction(ImportUpload import, PublicAddress address)
{
    [Function("ImportPlanning")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports, PerMinute = 20)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/organisations/{org}/imports")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string org,
        CancellationToken cancellation)
    {
        if (!request.TryFlag("dryRun", out var dryRun) || !request.TryFlag("force", out var force))
        {
            return Problem.From(Refusal.BadInput("query-invalid", ("names", "dryRun, force")));
        }

        var files = await request.ReadFilesAsync(cancellation);
        if (!files.IsOk)
        {
            return Problem.From(files.Refusal);
        }

        try
        {
            var call = new ImportCall(client, address.Of(request));
            var wish = new ImportWish(dryRun, force);
            var report = import.RunAsync(org, files.Value, wish, request.Caller().Id, call, cancellation);
            return await report.ToHttp(imported => ApiJson.Ok(imported));
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

internal static class QueryFlags
{
    /// <summary>Reads <c>?name</c>, <c>?name=true</c> or <c>?name=false</c>; absent is false, and anything else is no flag.</summary>
    public static bool TryFlag(this HttpRequest request, string name, out bool flag)
    {
        flag = false;
        if (!request.Query.TryGetValue(name, out var values))
        {
            return true;
        }

        var text = values.Count == 1 ? values[0] : null;
        flag = text is "" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        return flag || string.Equals(text, "false", StringComparison.OrdinalIgnoreCase);
    }
}
