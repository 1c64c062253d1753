using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.People.Listing;

public sealed class ListTrainers(OrganisationSettings settings, TrainersTable table)
{
    [Function("ListTrainers")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.People)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/organisations/{org}/trainers")] HttpRequest request,
        string org,
        CancellationToken cancellation)
    {
        var organisation = await settings.GetAsync(org, cancellation);
        if (!organisation.IsOk)
        {
            return Problem.From(organisation.Refusal);
        }

        var page = await table.ListAsync(organisation.Value.Id, request.Query["continuation"], cancellation);
        return ApiJson.Ok(new Page<TrainerView>([.. page.Items.Select(TrainerView.Of)], page.Continuation));
    }
}
