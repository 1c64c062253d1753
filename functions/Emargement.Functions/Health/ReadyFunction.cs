using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Health;

/// <summary>Whether the system can do its work: storage, seal certificate, time since the last import and export. 503 when it cannot.</summary>
public sealed class ReadyFunction(Readiness readiness)
{
    [Function("Ready")]
    [Public("Whoever watches the service asks without an account; the answer tells states, no data and no name.", PerMinute = 120)]
    public async Task<IResult> Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/ready")] HttpRequest request, CancellationToken cancellation)
    {
        var found = await readiness.LookAsync(cancellation);
        return ApiJson.Ok(found, found.Status == ReadyStatus.Failing ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
