using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.People.Listing;

public sealed class ListTrainings(OrganisationSettings settings, TrainingsTable table)
{
    [Function("ListTrainings")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.People)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/trainings")] HttpRequest request,
        string org,
        CancellationToken cancellation)
    {
        var organisation = await settings.GetAsync(org, cancellation);
        if (!organisation.IsOk)
        {
            return Problem.From(organisation.Refusal);
        }

        var page = await table.ListAsync(organisation.Value.Id, request.Query["continuation"], cancellation);
        return ApiJson.Ok(new Page<TrainingView>([.. page.Items.Select(TrainingView.Of)], page.Continuation));
    }
}
