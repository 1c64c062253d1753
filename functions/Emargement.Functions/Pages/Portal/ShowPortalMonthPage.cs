using Emargement.Domain.Accounts;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Portal;
using Emargement.Functions.Region;
using Emargement.Web.Portal;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Pages.Portal;

/// <summary>Makes what an officer's list of a month shows: one range.</summary>
public sealed class ShowPortalMonthPage(ListPortalMonth list, KnownRegions regions, TimeProvider time)
{
    public async Task<Result<PortalMonthModel>> RunAsync(
        Organisation holder, RegionRoute route, IQueryCollection query, Caller caller, CancellationToken cancellation)
    {
        var late = (await regions.OfAsync(route.Region, cancellation)).IsLate(route.Month, Today(holder));
        var show = query["show"].FirstOrDefault() is { } asked && PortalShows.All.Contains(asked) ? asked : null;
        var listed = await list.RunAsync(
            route,
            new PortalQuestion(null, query["continuation"].FirstOrDefault()) { Only = row => IsShown(row, show, late) },
            cancellation);
        var pages = holder.Id.Pages;
        return listed.Then(all => new PortalMonthModel(
            pages, route.Month, show, [.. all.Organisations.Select(o => RowOf(pages, route.Month, o, late))])
        {
            IsLast = IsLast(holder, route.Month),
            States = all.States,
            MayAnswer = caller.Role >= OfficerRole.Handling,
            More = all.Continuation is { } next
                ? $"{pages}/months/{route.Month}?continuation={Uri.EscapeDataString(next)}{(show is null ? "" : $"&show={show}")}"
                : null,
            Done = int.TryParse(query["done"].FirstOrDefault(), out var done) ? done : null,
            Refused = int.TryParse(query["refused"].FirstOrDefault(), out var refused) ? refused : 0,
        });
    }

    /// <summary>The organisations of whose month an inspector would ask something, those with most first.</summary>
    public async Task<Result<PortalAnomaliesModel>> AnomaliesAsync(
        Organisation holder, RegionRoute route, CancellationToken cancellation)
    {
        var pages = holder.Id.Pages;
        var found = new List<PortalMonth>();
        string? next = null;
        do
        {
            var listed = await list.RunAsync(
                route, new PortalQuestion(null, next) { Only = row => row.Counts?.Anomalies > 0 }, cancellation);
            found.AddRange(listed.Value!.Organisations);
            next = listed.Value.Continuation;
        }
        while (next is not null);
        return new PortalAnomaliesModel(
            pages,
            route.Month,
            IsLast(holder, route.Month),
            [
                .. found.OrderByDescending(o => o.Anomalies).Select(o => RowOf(pages, route.Month, o, late: false) with
                {
                    Href = $"{pages}/months/{route.Month}/{o.Nda}/anomalies?organisation={o.Organisation}",
                }),
            ],
            found.Sum(o => o.Anomalies));
    }

    /// <summary>The month that officers look at now: the last that is over.</summary>
    public YearMonth Current(Organisation holder) => YearMonth.Of(Today(holder)).Plus(-1);

    /// <param name="late">Whether what was not sent is late.</param>
    internal static PortalRow RowOf(string pages, YearMonth month, PortalMonth o, bool late) => new(
        $"{pages}/months/{month}/{o.Nda}?organisation={o.Organisation}",
        o.Name,
        o.Nda,
        o.State,
        o.Version,
        o.VersionState,
        o.Completeness,
        o.Sealed,
        o.Due,
        o.Anomalies,
        o.WeeksValidated,
        o.WeeksEnded,
        o.ReceivedAt,
        late && IsUnsent(o.State),
        o.State == MonthState.Sent && o.VersionState != ExportStates.Provisional
            ? new MonthChoice(o.Nda, o.Organisation, o.Version).ToString()
            : null);

    internal bool IsLast(Organisation holder, YearMonth month) => month.CompareTo(YearMonth.Of(Today(holder))) >= 0;

    private DateOnly Today(Organisation holder) => holder.Zone.DateAt(time.GetUtcNow());

    private static bool IsShown(RegionMonthRow row, string? show, bool late) => show switch
    {
        PortalShows.Late => late && IsUnsent(row.State),
        PortalShows.ToAcknowledge => row.State == MonthState.Sent && row.VersionState != ExportStates.Provisional,
        PortalShows.Returned => row.State == MonthState.Returned,
        PortalShows.Provisional => row.VersionState == ExportStates.Provisional,
        _ => true,
    };

    private static bool IsUnsent(MonthState state) => state is MonthState.Open or MonthState.Validated or MonthState.Returned;
}
