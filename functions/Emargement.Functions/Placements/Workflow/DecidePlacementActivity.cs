using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>What a look decided; part of the history of running placements, so members are only ever added.</summary>
/// <param name="Actions">Each a JSON text that only <see cref="PlacementActionActivity"/> reads.</param>
/// <param name="WakeAt">UTC; null when finished.</param>
/// <param name="Rules">The version of the rules that decided, for whoever reads the history.</param>
public sealed record PlacementStep(IReadOnlyList<string> Actions, DateTime? WakeAt, string Period, bool Finished, int Rules);

/// <summary>Looks at a placement: mails that are due leave with the look, documents are said.</summary>
public sealed class DecidePlacementActivity(PlacementLooker looks)
{
    public const string Name = "DecidePlacement";

    [Function(Name)]
    public Task<PlacementStep> Run(
        [ActivityTrigger] PlacementRun run, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        looks.LookAsync(client, run.Organisation, run.Placement, cancellation);
}
