using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Months.Validation;

/// <summary>What managers say of half-days that trainers took over.</summary>
public sealed class TakeoverFunctions(OrganisationSettings organisations, ConfirmTakeover confirm)
{
    /// <summary>Confirms that a trainer took over a colleague's half-day: it no longer waits for a manager.</summary>
    [Function("ConfirmTakeover")]
    [Access(Callers.Manager)]
    public async Task<IResult> Confirm(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = SessionRoute.Address + "/takeover/confirmation")] HttpRequest request,
        CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => SessionRoute.Of(request)
                .ThenAsync(session => confirm.RunAsync(organisation, session.Id, request.Caller(), cancellation)),
            confirmed => ApiJson.Ok(confirmed));
}
