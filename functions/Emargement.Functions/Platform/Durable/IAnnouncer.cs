using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Announcements;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Platform.Durable;

/// <summary>Where capabilities tell what happened, for whoever wants to hear of it outside.</summary>
public interface IAnnouncer
{
    /// <summary>Tells it to all who asked for such news. Told again, the same news goes out once.</summary>
    Task TellAsync(DurableTaskClient client, IReadOnlyCollection<Announcement> news, CancellationToken cancellation);
}
