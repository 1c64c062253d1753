using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Tutors;

/// <summary><c>POST tutor/{secret}/disagreements</c>: which day, how many hours, and why; it goes back to the learner.</summary>
public sealed class DisagreeHoursFunction(AnswerHours useCase, TutorNames names)
{
    [Function("DisagreeHours")]
    [Public("The tutor has no account; the link is the permission.")]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tutor/{secret}/disagreements")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        string secret,
        CancellationToken cancellation)
    {
        var body = await request.ReadBodyAsync<DisagreeRequest>(cancellation);
        return body.IsOk
            ? await names.AnswerAsync(useCase.DisagreeAsync(secret, body.Value, ClientNetwork.Of(request), client, cancellation), cancellation)
            : Problem.From(body.Refusal);
    }
}
