using Emargement.Domain.People;
using Emargement.Domain.Privacy;
using Emargement.Functions.People;

namespace Emargement.Functions.Privacy;

/// <summary>A training, and until when what proves it is kept.</summary>
/// <param name="LastDay">The last day of anybody in it.</param>
/// <param name="Learners">How many people were enrolled.</param>
public sealed record KeptTraining(
    Training Training, DateOnly LastDay, IReadOnlyList<string> Funders, int Learners, RetentionTerm Term);

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

        return new KeptTrainings(
            organisation.Zone.DateAt(time.GetUtcNow()), [.. kept.OrderBy(k => k.Term.Until).ThenBy(k => k.Training.Ref)]);
    }

    private static KeptTraining Of(Training training, IReadOnlyList<Enrolment> enrolled)
    {
        var periods = enrolled.SelectMany(e => e.Periods).ToList();
        var last = periods.Select(p => p.Exit ?? training.LastDay).Append(training.LastDay).Max();
        var funders = periods.Select(p => p.Funder).Distinct().Order(StringComparer.Ordinal).ToList();
        return new KeptTraining(
            training, last, funders, enrolled.DistinctBy(e => e.LearnerRef).Count(), Retention.Of(last, funders));
    }
}
