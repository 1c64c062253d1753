using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts.Erasure;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Writing;

/// <summary>The stored people and trainings that an import compares with: one read of each partition that its files need.</summary>
public sealed class PeopleState
{
    public Dictionary<Reference, Stored<Training>> Trainings { get; } = [];

    public Dictionary<Reference, Stored<Trainer>> Trainers { get; } = [];

    public Dictionary<Reference, Stored<Learner>> Learners { get; } = [];

    public Dictionary<EnrolmentKey, Stored<EnrolledLearner>> Enrolments { get; } = [];

    /// <summary>Those whose addresses, or names, no file brings back.</summary>
    public Dictionary<AccountId, ErasedPerson> Erased { get; } = [];

    public static EnrolmentKey KeyOf(Enrolment enrolment) => new(enrolment.LearnerRef, enrolment.TrainingRef, enrolment.Group);
}

public sealed class PeopleReader(
    TrainingsTable trainings, TrainersTable trainers, LearnersTable learners, EnrolmentsTable enrolments, ErasuresTable erasures)
{
    public async Task<PeopleState> ReadAsync(OrganisationId organisation, ImportFiles files, CancellationToken cancellation)
    {
        var state = new PeopleState();
        var planning = files.Has(ImportKind.Planning);
        var hasLearners = files.Has(ImportKind.Learners);
        if (planning || hasLearners || files.Has(ImportKind.Trainings))
        {
            await foreach (var training in trainings.AllAsync(organisation, cancellation))
            {
                state.Trainings.Add(training.Value.Ref, training);
            }
        }

        if (planning || files.Has(ImportKind.Trainers))
        {
            await foreach (var trainer in trainers.AllAsync(organisation, cancellation))
            {
                state.Trainers.Add(trainer.Value.Ref, trainer);
            }
        }

        if (hasLearners || files.Has(ImportKind.Trainers))
        {
            foreach (var erased in await erasures.AllAsync(organisation, cancellation))
            {
                state.Erased.Add(erased.Id, erased);
            }
        }

        if (hasLearners)
        {
            await foreach (var learner in learners.AllAsync(organisation, cancellation))
            {
                state.Learners.Add(learner.Value.Ref, learner);
            }
        }

        if (planning || hasLearners)
        {
            await foreach (var enrolled in enrolments.AllAsync(organisation, cancellation))
            {
                state.Enrolments.Add(PeopleState.KeyOf(enrolled.Value.Enrolment), enrolled);
            }
        }

        return state;
    }
}
