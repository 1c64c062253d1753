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
        await Task.WhenAll(
            EachAsync(
                planning || hasLearners || files.Has(ImportKind.Trainings),
                trainings.AllAsync(organisation, cancellation),
                t => state.Trainings.Add(t.Value.Ref, t)),
            EachAsync(
                planning || files.Has(ImportKind.Trainers),
                trainers.AllAsync(organisation, cancellation),
                t => state.Trainers.Add(t.Value.Ref, t)),
            EachAsync(hasLearners, learners.AllAsync(organisation, cancellation), l => state.Learners.Add(l.Value.Ref, l)),
            EachAsync(
                planning || hasLearners,
                enrolments.AllAsync(organisation, cancellation),
                e => state.Enrolments.Add(PeopleState.KeyOf(e.Value.Enrolment), e)));
        if (hasLearners || files.Has(ImportKind.Trainers))
        {
            foreach (var erased in await erasures.AllAsync(organisation, cancellation))
            {
                state.Erased.Add(erased.Id, erased);
            }
        }

        return state;
    }

    private static async Task EachAsync<T>(bool needed, IAsyncEnumerable<Stored<T>> rows, Action<Stored<T>> add)
    {
        if (needed)
        {
            await foreach (var row in rows)
            {
                add(row);
            }
        }
    }
}
