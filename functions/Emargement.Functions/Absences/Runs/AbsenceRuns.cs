using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Absences.Runs;

/// <summary>Starts the work that a decision leaves. One under way is enough: it reads what was decided.</summary>
public static class AbsenceRuns
{
    public static async Task<Result<Absence>> StartAsync(
        DurableTaskClient client, OrganisationId organisation, Absence decided, CancellationToken cancellation)
    {
        var run = new AbsenceRun(organisation.Value, decided.Id.Value, [.. decided.Span.Months.Select(m => m.ToString())]);
        await client.StartOnceAsync(AbsenceOrchestrator.Name, run.Id, run, cancellation);
        return decided;
    }
}
