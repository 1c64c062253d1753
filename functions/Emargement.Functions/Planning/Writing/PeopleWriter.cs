using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Writing;

/// <summary>Writes trainings and people, then sees that each person has an account.</summary>
public sealed class PeopleWriter(
    TrainingsTable trainings, TrainersTable trainers, LearnersTable learners, EnrolmentsTable enrolments, IAccountDirectory accounts)
{
    public async Task WriteAsync(OrganisationId organisation, PeopleChanges changes, CancellationToken cancellation)
    {
        await WriteAsync(organisation, trainings, changes.Trainings, t => t.Ref, cancellation);
        await WriteAsync(organisation, trainers, changes.Trainers, t => t.Ref, cancellation);
        await WriteAsync(organisation, learners, changes.Learners, l => l.Ref, cancellation);
        var writer = new BatchWriter<EnrolledLearner>(EnrolmentsTable.BatchSize)
        {
            TryWrite = (inserts, replacements, token) => enrolments.TryWriteAsync(organisation, inserts, replacements, token),
            Find = (e, token) => enrolments.FindAsync(
                organisation, e.Enrolment.TrainingRef, e.Enrolment.Group, e.Enrolment.LearnerRef, token),
            Merge = changes.Enrolments.Merge,
            Same = PeopleChanges.Same,
        };
        await writer.WriteAsync(changes.Enrolments.Inserts, changes.Enrolments.Replacements, cancellation);
    }

    /// <summary>Accounts of everyone whom the files name, not only of those who changed: an import that stopped before this step is
    /// completed by the next.</summary>
    /// <returns>People whose e-mail is another's too.</returns>
    public async Task<IReadOnlyList<AccountId>> EnsureAccountsAsync(
        OrganisationId organisation, PeopleChanges changes, CancellationToken cancellation)
    {
        var holders = changes.Trainers.All
            .Select(t => new AccountHolder(new AccountId(AccountKind.Trainer, t.Ref), t.LastName, t.FirstName, t.Email))
            .Concat(changes.Learners.All.Select(l =>
                new AccountHolder(new AccountId(AccountKind.Learner, l.Ref), l.LastName, l.FirstName, l.Email, l.Language)))
            .Where(h => !changes.Erased.Contains(h.Id))
            .ToList();
        return holders.Count == 0 ? [] : (await accounts.EnsureAsync(organisation, holders, cancellation)).SharedEmails;
    }

    private static Task WriteAsync<T>(
        OrganisationId organisation, ReferenceTable<T> table, TableChanges<T> changes, Func<T, Reference> key,
        CancellationToken cancellation)
        where T : class
    {
        var writer = new BatchWriter<T>(TableAccess.BatchSize)
        {
            TryWrite = (inserts, replacements, token) => table.TryWriteAsync(organisation, inserts, replacements, token),
            Find = (value, token) => table.FindAsync(organisation, key(value), token),
            Merge = changes.Merge,
            Same = (a, b) => a.Equals(b),
        };
        return writer.WriteAsync(changes.Inserts, changes.Replacements, cancellation);
    }
}
