using System.Globalization;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Telling;

/// <summary>Tells outside what has happened to a month, by its facts: told again, each goes out once.</summary>
public sealed class MonthAnnouncer(MonthsTable months, IAnnouncer announcer, TimeProvider time)
{
    // What was told is remembered for a month; a run tries for minutes.
    private static readonly TimeSpan Told = TimeSpan.FromDays(7);

    public async Task TellAsync(DurableTaskClient client, OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var facts = await months.FactsAsync(organisation, month, cancellation);
        var since = time.GetUtcNow() - Told;
        await announcer.TellAsync(
            client,
            [.. facts.Where(f => f.At > since).Select(fact => News(organisation, month, fact)).OfType<Announcement>()],
            cancellation);
    }

    /// <returns>Null for what is told to nobody.</returns>
    private static string? TypeOf(MonthEvent what) => what switch
    {
        MonthEvent.Validated => AnnouncementTypes.MonthValidated,
        MonthEvent.Sent or MonthEvent.Amended => AnnouncementTypes.MonthSent,
        MonthEvent.Received => AnnouncementTypes.MonthReceived,
        MonthEvent.Returned or MonthEvent.Unlocked => AnnouncementTypes.MonthReturned,
        MonthEvent.Locked => AnnouncementTypes.MonthLocked,
        _ => null,
    };

    private static Announcement? News(OrganisationId organisation, YearMonth month, MonthFact fact)
    {
        if (TypeOf(fact.Event) is not { } type)
        {
            return null;
        }

        var data = new Dictionary<string, object>
        {
            ["org"] = organisation.Value,
            ["month"] = month.ToString(),
            ["url"] = $"/api/organisations/{organisation}/months/{month}",
        };
        if (fact.Version is { } version)
        {
            data["version"] = version;
        }

        return new Announcement(
            organisation, type, $"month {month}", fact.N.ToString(CultureInfo.InvariantCulture), fact.At, data);
    }
}
