using Emargement.Domain.Placements.Workflow;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>Does one thing that a look said. Called again after a cut, it does nothing twice: a document by its version, a mail by its
/// slot.</summary>
public sealed class PlacementActionActivity(SealDuePeriod seal, PlacementLooker looks)
{
    public const string Name = "RunPlacementAction";

    [Function(Name)]
    public Task Run(
        [ActivityTrigger] PlacementActionInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        PlacementAction.FromJson(input.Action) is SealPeriod period
            ? seal.RunAsync(input, period, cancellation)
            // A mail that a look of before left to this: if it is due still, it leaves with a look.
            : looks.LookAsync(client, input.Organisation, input.Placement, cancellation);
}
