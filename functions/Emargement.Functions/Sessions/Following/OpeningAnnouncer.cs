using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Sessions.Following;

/// <summary>Tells outside that a half-day is open. Asked again, as a retry does, it is told once.</summary>
public sealed class OpeningAnnouncer(IAnnouncer announcer)
{
    /// <returns>The open Session.</returns>
    public async Task<Result<OpenedSession>> TellAsync(
        DurableTaskClient client, OrganisationId organisation, OpenedSession opened, CancellationToken cancellation)
    {
        if (opened.Session.OpenedAt is { } at)
        {
            var news = new Announcement(
                organisation,
                AnnouncementTypes.SessionOpened,
                $"session {opened.Session.Id}",
                "1",
                at,
                new Dictionary<string, object>
                {
                    ["org"] = organisation.Value,
                    ["session"] = opened.Session.Id.ToString(),
                    ["url"] = $"/api/organisations/{organisation}/sessions/{opened.Session.Id}",
                });
            await announcer.TellAsync(client, [news], cancellation);
        }

        return opened;
    }
}
