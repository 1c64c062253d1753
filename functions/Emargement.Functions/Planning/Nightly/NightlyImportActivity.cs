using System.Globalization;
using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Imports an organisation's inbox for one local date, or says that it has to wait.</summary>
public sealed class NightlyImportActivity(ImportInbox import)
{
    public const string Name = "ImportInbox";

    [Function(Name)]
    public async Task<string> Run([ActivityTrigger] DueNight due, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var night = DateOnly.ParseExact(due.Night, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return await import.RunAsync(OrganisationId.Parse(due.Organisation), night, client, cancellation)
            ? ""
            : NightlyImportOrchestrator.Busy;
    }
}
