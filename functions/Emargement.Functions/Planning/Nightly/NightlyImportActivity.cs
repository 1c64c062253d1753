using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Mail;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>Imports an organisation's sources and inbox for one local date, or says that it has to wait.</summary>
public sealed class NightlyImportActivity(ImportNight import, ImportSequel sequel)
{
    public const string Name = "ImportInbox";

    [Function(Name)]
    public async Task<string> Run([ActivityTrigger] DueNight due, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        var night = DateOnly.ParseExact(due.Night, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        var done = await import.RunAsync(OrganisationId.Parse(due.Organisation), night, cancellation);
        await WakeAsync(client, done, cancellation);
        return done.IsOver ? "" : NightlyImportOrchestrator.Busy;
    }

    private async Task WakeAsync(DurableTaskClient client, NightDone done, CancellationToken cancellation)
    {
        foreach (var imported in done.Imported)
        {
            await sequel.StartAsync(client, imported, cancellation);
        }

        foreach (var mails in done.Mails)
        {
            await client.SendAsync(mails, cancellation);
        }
    }
}
