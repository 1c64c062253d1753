using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Health;

/// <param name="Status">Always <c>ok</c>: that there is an answer is the answer.</param>
public sealed record LiveAnswer(ReadyStatus Status);

/// <summary>What whoever watches the service asks.</summary>
public sealed class HealthFunctions(Readiness readiness)
{
    /// <summary>Whether the process answers at all; asks nothing of anything else.</summary>
    [Function("Health")]
    [Public("Whoever watches the service asks without an account; the answer tells nothing but that there is one.", PerMinute = 120)]
    public static IResult Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request) =>
        ApiJson.Ok(new LiveAnswer(ReadyStatus.Ok));

    /// <summary>
    /// Whether the system can do its work: storage, seal certificate, time since the
    /// last import and export. 503 when it cannot.
    /// </summary>
    [Function("Ready")]
    [Public("Whoever watches the service asks without an account; the answer tells states, no data and no name.", PerMinute = 120)]
    public async Task<IResult> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/ready")] HttpRequest request, CancellationToken cancellation)
    {
        var found = await readiness.LookAsync(cancellation);
        return ApiJson.Ok(found, found.Status == ReadyStatus.Failing ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
