using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Mail;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>What the workflow's functions do around a look: they start the run of the mails that it queued, and look on.</summary>
public sealed class PlacementLooker(LookAtPlacement looks)
{
    private static readonly PlacementStep Over = new([], null, "none", Finished: true, 0);

    public async Task<PlacementStep> LookAsync(
        DurableTaskClient client, string organisation, string placement, CancellationToken cancellation)
    {
        var look = default(LookUnderWay);
        do
        {
            await client.SendAsync(look?.Mails, cancellation);
            look = PlacementId.TryParse(placement, out var id)
                ? await looks.RunAsync(OrganisationId.Parse(organisation), id, look, cancellation)
                : null;
        }
        while (look is { Step: null });

        return look?.Step ?? Over;
    }
}
