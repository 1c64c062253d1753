using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.People.Listing;

public sealed class ChangeTraining(TrainingSettings settings)
{
    [Function("ChangeTraining")]
    [Access(Callers.Manager | Callers.Operator)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/organisations/{org}/trainings/{training}")] HttpRequest request,
        string org,
        string training,
        CancellationToken cancellation)
    {
        var change = await request.ReadBodyAsync<TrainingChange>(cancellation);
        return change.IsOk
            ? await settings.ChangeAsync(org, training, change.Value, cancellation).ToHttp(t => ApiJson.Ok(TrainingView.Of(t)))
            : Problem.From(change.Refusal);
    }
}
