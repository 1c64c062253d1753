using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Signing.Links;

/// <summary><c>POST /api/links/{secret}/renewals</c>: a new link in place of an expired one, to the same person's address.</summary>
public sealed class RenewLinkFunction(RenewLink useCase, PublicAddress address)
{
    [Function("RenewLink")]
    [Public("The expired link itself is the permission, and the new one goes to the learner's own address only.", PerMinute = 300)]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/links/{secret}/renewals")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string secret,
        CancellationToken cancellation) =>
        useCase.RenewAsync(secret, address.Of(request), client, cancellation).ToHttp(_ => Results.StatusCode(StatusCodes.Status202Accepted));
}
