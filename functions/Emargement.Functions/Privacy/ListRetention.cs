using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.People;

namespace Emargement.Functions.Privacy;

/// <summary>A training, and until when what proves it is kept.</summary>
/// <param name="LastDay">The last day of anybody in it.</param>
/// <param name="Learners">Everybody who was enrolled.</param>
public sealed record KeptTraining(
    Training Training, DateOnly LastDay, IReadOnlyList<string> Funders, IReadOnlyList<Reference> Learners, RetentionTerm Term);

/// <param name="Today">The local day on which it is looked at.</param>
/// <param name="Trainings">The first to end first.</param>
public sealed record KeptTrainings(DateOnly Today, IReadOnlyList<KeptTraining> Trainings);

/// <summary>Says until when each training's proofs are kept, and by which rule. It deletes nothing.</summary>
public sealed class ListRetention(TrainingsTable trainings, EnrolmentsTable enrolments, TimeProvider time)
{
    /// <summary>Two scans of one partition each, in pages.</summary>
    public async Task<KeptTrainings> RunAsync(Organisation organisation, CancellationToken cancellation)
    {
        var enrolled = (await enrolments.AllAsync(organisation.Id, cancellation)
            .Select(e => e.Value.Enrolment)
            .ToListAsync(cancellation)).ToLookup(e => e.TrainingRef);
        var kept = new List<KeptTraining>();
        await foreach (var stored in trainings.AllAsync(organisation.Id, cancellation))
        {
            kept.Add(Of(stored.Value, [.. enrolled[stored.Value.Ref]]));
        }

        return Kept(organisation, kept);
    }

    /// <summary>
    /// Of a learner, each training that they are or were in: one range a training. Of a trainer, whose half-days may be in any, the one
    /// that is kept longest; of a manager none.
    /// </summary>
    public async Task<KeptTrainings> OfPersonAsync(Organisation organisation, AccountId person, CancellationToken cancellation)
    {
        if (person.Kind != AccountKind.Learner)
        {
            var all = await RunAsync(organisation, cancellation);
            return all with { Trainings = person.Kind == AccountKind.Trainer ? [.. all.Trainings.TakeLast(1)] : [] };
        }

        var kept = new List<KeptTraining>();
        var enrolled = await enrolments.OfLearnerAsync(organisation.Id, person.Person, cancellation);
        foreach (var reference in enrolled.Select(e => e.TrainingRef).Distinct())
        {
            if (await trainings.FindAsync(organisation.Id, reference, cancellation) is { Value: var training })
            {
                kept.Add(Of(training, await enrolments.OfTrainingAsync(organisation.Id, reference, cancellation)
                    .Select(e => e.Value.Enrolment)
                    .ToListAsync(cancellation)));
            }
        }

        return Kept(organisation, kept);
    }

    private KeptTrainings Kept(Organisation organisation, IEnumerable<KeptTraining> kept) => new(
        organisation.Zone.DateAt(time.GetUtcNow()), [.. kept.OrderBy(k => k.Term.Until).ThenBy(k => k.Training.Ref)]);

    private static KeptTraining Of(Training training, IReadOnlyList<Enrolment> enrolled)
    {
        var periods = enrolled.SelectMany(e => e.Periods).ToList();
        var last = periods.Select(p => p.Exit ?? training.LastDay).Append(training.LastDay).Max();
        var funders = periods.Select(p => p.Funder).Distinct().Order(StringComparer.Ordinal).ToList();
        return new KeptTraining(
            training, last, funders, [.. enrolled.Select(e => e.LearnerRef).Distinct()], Retention.Of(last, funders));
    }
}
