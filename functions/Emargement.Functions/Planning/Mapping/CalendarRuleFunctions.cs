using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Import.Calendars;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Planning.Mapping;

/// <summary>Which words of a calendar's events mean which training and group.</summary>
public sealed class CalendarRuleFunctions(OrganisationSettings organisations, CalendarRulesTable table, ChangeCalendarRules change)
{
    private const string Route = "api/organisations/{org}/calendar-rules";

    /// <summary>The rules in their order, with the ETag that a change must carry.</summary>
    [Function("GetCalendarRules")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.RunAsync(
            await organisations.OfAsync(request, cancellation),
            async organisation => Result<Stored<IReadOnlyList<CalendarRule>>>.FromT(await table.GetAsync(organisation.Id, cancellation)),
            Ok);

    /// <summary>Replaces the rules, all of them. If-Match carries the ETag that was read.</summary>
    [Function("PutCalendarRules")]
    [Access(Callers.Manager | Callers.Machine | Callers.Operator, Right = ApiRights.Imports)]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request, CancellationToken cancellation) =>
        await Endpoint.ChangeAsync(
            request,
            await organisations.OfAsync(request, cancellation),
            (Organisation organisation, CalendarRulesBody body, ETag version) =>
                change.RunAsync(organisation, body, version, cancellation),
            Ok,
            cancellation);

    private static IResult Ok(Stored<IReadOnlyList<CalendarRule>> rules) => ETags.Ok(new CalendarRulesBody(rules.Value), rules.ETag);
}
