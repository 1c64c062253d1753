using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Amendments;

/// <summary>Starts the run that makes an amendment.</summary>
public static class AmendmentRuns
{
    /// <summary>Starts it where the Région agreed; one under way is enough.</summary>
    public static async Task<Result<Amendment>> StartAsync(
        DurableTaskClient client, RegionCode region, OrganisationId organisation, Amendment answered, CancellationToken cancellation)
    {
        if (answered.State == AmendmentState.Agreed)
        {
            var run = new AmendmentRun(organisation.Value, answered.Month.ToString(), answered.Number, region.Value, answered.By);
            await client.StartOnceAsync(MakeAmendmentOrchestrator.Name, run.Id, run, cancellation);
        }

        return answered;
    }
}
