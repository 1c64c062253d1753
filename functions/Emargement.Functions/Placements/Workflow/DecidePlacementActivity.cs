using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Workflow;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Durable;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>What a look decided; part of the history of running placements, so members are only ever added.</summary>
/// <param name="Actions">Each a JSON text that only <see cref="PlacementActionActivity"/> reads.</param>
/// <param name="WakeAt">UTC; null when finished.</param>
/// <param name="Rules">The version of the rules that decided, for whoever reads the history.</param>
public sealed record PlacementStep(IReadOnlyList<string> Actions, DateTime? WakeAt, string Period, bool Finished, int Rules);

/// <summary>Looks at a placement's facts, says what is due, and brings its line of the list up to date.</summary>
public sealed class DecidePlacementActivity(PlacementFiles files, PlacementsTable placements, LearnersTable learners, TimeProvider time)
{
    public const string Name = "DecidePlacement";

    /// <summary>Goes up when <see cref="PlacementWorkflow"/> decides otherwise than before.</summary>
    private const int Rules = 3;

    [Function(Name)]
    public async Task<PlacementStep> Run([ActivityTrigger] PlacementRun run, CancellationToken cancellation)
    {
        var file = PlacementId.TryParse(run.Placement, out var id)
            ? await files.ReadAsync(OrganisationId.Parse(run.Organisation), id, cancellation)
            : default;
        if (!file.IsOk || file.Value is null)
        {
            return new PlacementStep([], null, "none", Finished: true, Rules);
        }

        var now = time.GetUtcNow();
        var learner = await learners.FindAsync(file.Value.Organisation.Id, file.Value.State.Placement.LearnerRef, cancellation);
        var context = new WorkflowContext(file.Value.Clock, file.Value.Calendar.IsHoliday, learner?.Value.Email is not null);
        var decision = PlacementWorkflow.Decide(file.Value.State, context, now);
        await RefreshAsync(file.Value, now, cancellation);
        var actions = decision.Actions.Select(a => a.ToJson());
        return new PlacementStep([.. actions], WakeAt(decision), decision.Period, decision.Finished, Rules);
    }

    private static DateTime? WakeAt(PlacementDecision decision) => decision.WakeAt is { } due ? WakeUp.For(due).UtcDateTime : null;

    private async Task RefreshAsync(PlacementFile file, DateTimeOffset now, CancellationToken cancellation)
    {
        while (await placements.FindAsync(file.Organisation.Id, file.Id, cancellation) is { } stored)
        {
            var row = PlacementRows.Of(file, now, stored.Value.Address);
            if (stored.Value.Facts > row.Facts || stored.Value == row || await placements.TryReplaceAsync(stored, row, cancellation))
            {
                return;
            }
        }
    }
}
