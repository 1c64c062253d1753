using System.Globalization;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Validation;

/// <summary>Tells outside what has happened to a month, by its facts: told again, each goes out once.</summary>
public sealed class MonthAnnouncer(MonthsTable months, IAnnouncer announcer)
{
    public async Task TellAsync(DurableTaskClient client, OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var facts = await months.FactsAsync(organisation, month, cancellation);
        await announcer.TellAsync(
            client, [.. facts.Select(fact => News(organisation, month, fact)).OfType<Announcement>()], cancellation);
    }

    private static Announcement? News(OrganisationId organisation, YearMonth month, MonthFact fact)
    {
        var type = fact.Event switch
        {
            MonthEvent.Validated => AnnouncementTypes.MonthValidated,
            MonthEvent.Sent => AnnouncementTypes.MonthSent,
            _ => null,
        };
        if (type is null)
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
