using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Pages.Months;
using Emargement.Web.People.Settings;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.Settings;

/// <summary>Makes the list of an organisation's months that change no more: one range a month, of the last two years.</summary>
public sealed class ShowClosedMonths(MonthsTable months)
{
    private const int Shown = 24;

    public async Task<Result<ClosedMonthsModel>> RunAsync(Organisation organisation, Texts texts, CancellationToken cancellation)
    {
        var latest = organisation.LockedMonths.OrderDescending().Take(Shown);
        var found = await Task.WhenAll(latest.Select(m => OfAsync(organisation, m, texts, cancellation)));
        return new ClosedMonthsModel(organisation.Id, found);
    }

    private async Task<ClosedMonth> OfAsync(Organisation organisation, YearMonth month, Texts texts, CancellationToken cancellation)
    {
        var facts = await months.FactsAsync(organisation.Id, month, cancellation);
        return facts.LastOrDefault(f => f.Event == MonthEvent.Locked) is { } locked
            ? new ClosedMonth(month, ShowMonthPage.By(locked.By, texts), locked.At, locked.Reason)
            : new ClosedMonth(month, null, null, null);
    }
}
