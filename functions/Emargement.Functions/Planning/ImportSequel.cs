using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning;

/// <summary>What follows an import: who follows the planning is woken, and who asked is told outside.</summary>
public sealed class ImportSequel(IPlanningFollower follower, IAnnouncer announcer)
{
    public async Task StartAsync(DurableTaskClient client, Imported imported, CancellationToken cancellation)
    {
        await follower.WakeAsync(client, imported, cancellation);
        if (imported.Report is { DryRun: false, Run: { } run, At: { } at })
        {
            await announcer.TellAsync(client, [News(imported, run, at)], cancellation);
        }
    }

    private static Announcement News(Imported imported, string run, DateTimeOffset at)
    {
        var planning = imported.Report.Planning;
        var isRefused = imported.Report.Files.Count == 0 && imported.Report.Refused.Count > 0;
        return new Announcement(
            imported.Organisation,
            isRefused ? AnnouncementTypes.ImportRefused : AnnouncementTypes.ImportFinished,
            "planning",
            run,
            at,
            new Dictionary<string, object>
            {
                ["org"] = imported.Organisation.Value,
                ["run"] = run,
                ["created"] = planning.Created,
                ["updated"] = planning.Updated,
                ["cancelled"] = planning.Cancelled,
                ["rejected"] = planning.Rejected,
                ["url"] = $"/api/organisations/{imported.Organisation}/imports/{run}",
            });
    }
}
