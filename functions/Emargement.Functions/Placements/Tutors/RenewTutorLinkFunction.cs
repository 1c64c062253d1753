using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Tutors;

/// <summary><c>POST tutor/{secret}/renewal</c>: a new link, to the same address only.</summary>
public sealed class RenewTutorLinkFunction(AnswerHours useCase)
{
    [Function("RenewTutorLink")]
    [Public("The tutor has no account; the link is the permission.")]
    public Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tutor/{secret}/renewal")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string secret,
        CancellationToken cancellation) =>
        useCase.RenewAsync(secret, client, cancellation).ToHttp(_ => Results.Accepted());
}
