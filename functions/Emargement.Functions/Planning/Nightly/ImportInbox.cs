using System.Globalization;
using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Imports an organisation's inbox for one local date.</summary>
public sealed class ImportInbox(NightImport night)
{
    public const string Name = "ImportInbox";

    [Function(Name)]
    public Task Run([ActivityTrigger] DueNight due, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        night.RunAsync(OrganisationId.Parse(due.Organisation), DateOnly.ParseExact(due.Night, "yyyy-MM-dd", CultureInfo.InvariantCulture), client, cancellation);
}
