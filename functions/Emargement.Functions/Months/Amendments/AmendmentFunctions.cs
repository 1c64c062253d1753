using Emargement.Domain.Accounts;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Months.Amendments;

/// <summary>What an organisation asks its Région to amend in a closed month.</summary>
public sealed record AmendmentList(IReadOnlyList<Amendment> Amendments);

/// <summary>Amendments of a closed month, as the organisation asks for them.</summary>
public sealed class AmendmentFunctions(OrganisationSettings organisations, MonthsTable months, ProposeAmendment propose)
{
    private const string All = MonthRoute.Address + "/amendments";

    /// <summary>What was asked to amend in a month, and what the Région answered.</summary>
    [Function("ListAmendments")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            organisation => MonthRoute.Of(request).ThenAsync(async month =>
                Result<AmendmentList>.FromT(new(await months.AmendmentsAsync(organisation.Id, month, cancellation)))),
            listed => ApiJson.Ok(listed));

    /// <summary>Asks the Région for corrections of a closed month.</summary>
    [Function("ProposeAmendment")]
    [Access(Callers.Manager | Callers.Machine, Right = ApiRights.Months, PerMinute = 20)]
    [Audit(AuditKind.Correction)]
    public async Task<IResult> Propose(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = All)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, AmendmentRequest body) => MonthRoute.Of(request).ThenAsync(
                month => propose.RunAsync(organisation, month, body, request.Caller(), cancellation)),
            asked => ApiJson.Ok(asked, StatusCodes.Status201Created),
            cancellation);
}
