using System.Globalization;
using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Imports an organisation's inbox for one local date, or says that it has to wait.</summary>
public sealed class NightlyImportActivity(ImportInbox import, IPlanningFollower follower)
{
    public const string Name = "ImportInbox";

    [Function(Name)]
    public async Task<string> Run([ActivityTrigger] DueNight due, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var night = DateOnly.ParseExact(due.Night, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (await import.RunAsync(OrganisationId.Parse(due.Organisation), night, cancellation) is not { } imported)
        {
            return NightlyImportOrchestrator.Busy;
        }

        await follower.WakeAsync(client, imported, cancellation);
        return "";
    }
}
