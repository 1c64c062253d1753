using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Accounts.Search;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.People;

/// <summary>
/// What follows once a person is written by hand: the names that enrolments hold, the account, and who bears nearly the same name. Done
/// again, it changes nothing, so that a request that was cut is completed by the next.
/// </summary>
public sealed class WritePerson(
    LearnersTable learners, TrainersTable trainers, EnrolmentsTable enrolments, IAccountDirectory accounts, FindNamesakes namesakes)
{
    /// <param name="named">Whether the name is new, and its namesakes worth a look.</param>
    public async Task<LearnerState> FollowAsync(
        OrganisationId organisation, Stored<Learner> stored, bool named, CancellationToken cancellation)
    {
        var learner = stored.Value;
        var enrolled = await enrolments.OfLearnerAsync(organisation, learner.Ref, cancellation);
        await Task.WhenAll(enrolled.Select(e => CarryAsync(organisation, learner, e, cancellation)));
        var id = new AccountId(AccountKind.Learner, learner.Ref);
        await accounts.EnsureAsync(
            organisation, [new AccountHolder(id, learner.LastName, learner.FirstName, learner.Email, learner.Language)], cancellation);
        return new LearnerState(
            stored, enrolled, named ? await NearAsync(learners, organisation, id, learner.LastName, learner.FirstName, cancellation) : []);
    }

    /// <param name="named">Whether the name is new, and its namesakes worth a look.</param>
    public async Task<TrainerState> FollowAsync(
        OrganisationId organisation, Stored<Trainer> stored, bool named, CancellationToken cancellation)
    {
        var trainer = stored.Value;
        var id = new AccountId(AccountKind.Trainer, trainer.Ref);
        await accounts.EnsureAsync(
            organisation, [new AccountHolder(id, trainer.LastName, trainer.FirstName, trainer.Email)], cancellation);
        return new TrainerState(
            stored, named ? await NearAsync(trainers, organisation, id, trainer.LastName, trainer.FirstName, cancellation) : []);
    }

    /// <summary>Learners of nearly the same name.</summary>
    public Task<IReadOnlyList<Learner>> NearAsync(OrganisationId organisation, Learner learner, CancellationToken cancellation) =>
        NearAsync(
            learners, organisation, new AccountId(AccountKind.Learner, learner.Ref), learner.LastName, learner.FirstName, cancellation);

    /// <summary>Trainers of nearly the same name.</summary>
    public Task<IReadOnlyList<Trainer>> NearAsync(OrganisationId organisation, Trainer trainer, CancellationToken cancellation) =>
        NearAsync(
            trainers, organisation, new AccountId(AccountKind.Trainer, trainer.Ref), trainer.LastName, trainer.FirstName, cancellation);

    private async Task<IReadOnlyList<T>> NearAsync<T>(
        ReferenceTable<T> table, OrganisationId organisation, AccountId id, string last, string first, CancellationToken cancellation)
    {
        var near = await namesakes.RunAsync(organisation, id, last, first, cancellation);
        var found = await Task.WhenAll(near.Select(n => table.FindAsync(organisation, n.Person, cancellation)));
        return [.. found.OfType<Stored<T>>().Select(f => f.Value)];
    }

    // Until it is written: an import that changes the row meanwhile writes the same name.
    private async Task CarryAsync(OrganisationId organisation, Learner learner, Enrolment enrolment, CancellationToken cancellation)
    {
        while (await enrolments.FindAsync(
            organisation, enrolment.TrainingRef, enrolment.Group, learner.Ref, cancellation) is { } stored)
        {
            var wanted = EnrolledLearner.Of(stored.Value.Enrolment, learner);
            if (stored.Value == wanted
                || await enrolments.TryWriteAsync(organisation, [], [new Replacement<EnrolledLearner>(stored, wanted)], cancellation))
            {
                return;
            }
        }
    }
}
