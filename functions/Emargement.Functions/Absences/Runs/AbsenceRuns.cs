using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Platform.Mail;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Absences.Runs;

/// <summary>Starts the work that a decision leaves, and its mail. One under way is enough: it reads what was decided.</summary>
public static class AbsenceRuns
{
    public static async Task<Result<Absence>> StartAsync(
        DurableTaskClient client, OrganisationId organisation, QueuedMails<Absence> made, CancellationToken cancellation)
    {
        var decided = made.Done;
        await client.SendAsync(made.Batch, cancellation);
        var run = new AbsenceRun(organisation.Value, decided.Id.Value, [.. decided.Span.Months.Select(m => m.ToString())]);
        await client.StartOnceAsync(AbsenceOrchestrator.Name, run.Id, run, cancellation);
        return decided;
    }
}
