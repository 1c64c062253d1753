using Emargement.Domain.People;
using Emargement.Functions.Months;
using Emargement.Functions.Months.Usage;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Months;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Months;

/// <summary>The page that says what a month is charged for.</summary>
public sealed class UsagePageFunctions(OrganisationSettings organisations, ShowUsage show, ShowMonthPage months)
{
    /// <summary>The usage of now.</summary>
    [Function("ShowUsageHome")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Now(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/usage")] HttpRequest request, CancellationToken cancellation)
    {
        var organisation = await organisations.OfAsync(request, cancellation);
        return organisation.IsOk
            ? Results.Redirect($"/o/{organisation.Value.Id}/usage/{months.Current(organisation.Value)}")
            : await request.RefusalPageAsync(null, organisation.Refusal);
    }

    /// <summary>A month by who pays.</summary>
    [Function("ShowUsagePage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/usage/{month}")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<UsagePage, UsageModel>(
            await organisations.OfAsync(request, cancellation),
            organisation => MonthRoute.Of(request).ThenAsync(async month =>
                (await show.RunAsync(organisation, month, named: true, cancellation)).Then(usage => ModelOf(organisation, usage))));

    private UsageModel ModelOf(Organisation organisation, UsageView usage) => new(
        organisation.Id,
        usage.Month,
        usage.Final,
        usage.ComputedAt,
        [
            .. usage.Funders.Select(f => new UsageRow(
                f.Funder, f.Funder == EnrolmentPeriod.RegionFunder, new(f.Learners, f.Due, f.Signed, f.OnPaper, f.Weeks))),
        ],
        usage.TotalDistinct)
    {
        IsLast = usage.Month.CompareTo(months.Current(organisation)) >= 0,
    };
}
