using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Tutors;

/// <summary><c>POST tutor/{secret}/validation</c>: validates all weeks or some, and signs.</summary>
public sealed class ValidateHoursFunction(AnswerHours useCase, TutorNames names)
{
    [Function("ValidateHours")]
    [Public("The tutor has no account; the link is the permission.")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tutor/{secret}/validation")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string secret,
        CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<ValidateRequest>(cancellation);
        return body.IsOk
            ? await names.AnswerAsync(useCase.ValidateAsync(secret, body.Value, ClientNetwork.Of(request), client, cancellation), cancellation)
            : Problem.From(body.Refusal);
    }
}
