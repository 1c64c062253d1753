using Emargement.Domain.People;
using Emargement.Domain.Privacy;
using Emargement.Functions.Privacy.Holds;

namespace Emargement.Functions.Privacy.Disposal;

/// <summary>A training with its term, and what became of it since.</summary>
/// <param name="Forgetting">What was reported, and what is gone; null before.</param>
public sealed record TrackedTraining(KeptTraining Kept, bool OnHold, Forgetting? Forgetting);

/// <param name="Today">The local day on which it is looked at.</param>
/// <param name="Trainings">The first to end first.</param>
/// <param name="Holds">Every legal hold.</param>
public sealed record TrackedTrainings(DateOnly Today, IReadOnlyList<TrackedTraining> Trainings, IReadOnlyList<LegalHold> Holds);

/// <summary>Says of each training until when it is kept, by which rule, whether it is held, and how far it is forgotten.</summary>
public sealed class TrackRetention(ListRetention retention, LegalHoldsTable holds, ForgettingsTable forgettings)
{
    public async Task<TrackedTrainings> RunAsync(Organisation organisation, CancellationToken cancellation)
    {
        var kept = await retention.RunAsync(organisation, cancellation);
        var placed = await holds.AllAsync(organisation.Id, cancellation);
        var known = await forgettings.AllAsync(organisation.Id, cancellation);
        var held = new ActiveHolds(placed, kept.Today);
        return new TrackedTrainings(
            kept.Today,
            [.. kept.Trainings.Select(k => new TrackedTraining(
                k, held.Keep(k.Training.Ref, k.Learners), known.GetValueOrDefault(k.Training.Ref)?.Value))],
            placed);
    }
}
