using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Health;

/// <param name="Status">Always <c>ok</c>: that there is an answer is the answer.</param>
public sealed record LiveAnswer(ReadyStatus Status);

/// <summary>Whether the process answers at all; asks nothing of anything else.</summary>
public static class HealthFunction
{
    [Function("Health")]
    [Public("Whoever watches the service asks without an account; the answer tells nothing but that there is one.", PerMinute = 120)]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/health")] HttpRequest request) => ApiJson.Ok(new LiveAnswer(ReadyStatus.Ok));
}
