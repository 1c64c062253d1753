using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Signing.Tokens;
using Emargement.Functions.Statements.Records;

namespace Emargement.Functions.Privacy.Erasure;

/// <summary>Takes what is not needed to name somebody out of the rows of people: address, telephone, token, the mark of certificates.
/// Then, the term over, the name.</summary>
public sealed class ForgetContacts(
    LearnersTable learners, TrainersTable trainers, EnrolmentsTable enrolments, TokensTable tokens, SignatoriesTable signatories)
{
    private const int MaxTries = 5;

    /// <summary>Whether the planning knows a learner or a trainer, with an account or without.</summary>
    public async Task<bool> IsKnownAsync(OrganisationId organisation, AccountId person, CancellationToken cancellation) =>
        person.Kind switch
        {
            AccountKind.Learner => await learners.FindAsync(organisation, person.Person, cancellation) is not null,
            AccountKind.Trainer => await trainers.FindAsync(organisation, person.Person, cancellation) is not null,
            _ => false,
        };

    public Task RunAsync(OrganisationId organisation, AccountId person, CancellationToken cancellation) =>
        CutAsync(
            organisation,
            person,
            learner => learner.Unreachable(),
            trainer => trainer with { Email = null },
            period => period,
            cancellation);

    /// <summary>Hours, references and hashes stay; a list shows the reference where the name was. A learner's tutors go, too.</summary>
    public Task ForgetNamesAsync(OrganisationId organisation, AccountId person, CancellationToken cancellation) =>
        CutAsync(
            organisation,
            person,
            learner => learner.Nameless(),
            trainer => trainer.Nameless(),
            period => period.Tutorless(),
            cancellation);

    private async Task CutAsync(
        OrganisationId organisation,
        AccountId person,
        Func<Learner, Learner> learner,
        Func<Trainer, Trainer> trainer,
        Func<EnrolmentPeriod, EnrolmentPeriod> period,
        CancellationToken cancellation)
    {
        if (person.Kind == AccountKind.Trainer)
        {
            await CutAsync(organisation, trainers, person.Person, trainer, cancellation);
        }
        else if (person.Kind == AccountKind.Learner)
        {
            await tokens.DeleteAsync(organisation, person.Person, cancellation);
            if (await CutAsync(organisation, learners, person.Person, learner, cancellation) is { } known)
            {
                await CutEnrolmentsAsync(organisation, known, period, cancellation);
            }
        }
        else
        {
            await signatories.ForgetAsync(organisation, person.ToString(), cancellation);
        }
    }

    private static async Task<T?> CutAsync<T>(
        OrganisationId organisation, ReferenceTable<T> table, Reference reference, Func<T, T> cut, CancellationToken cancellation)
        where T : class
    {
        for (var attempt = 0; attempt < MaxTries; attempt++)
        {
            if (await table.FindAsync(organisation, reference, cancellation) is not { } stored)
            {
                return null;
            }

            var changed = cut(stored.Value);
            if (changed.Equals(stored.Value) || await table.TryReplaceAsync(organisation, stored, changed, cancellation))
            {
                return changed;
            }
        }

        throw new InvalidOperationException("A person kept changing while they were erased.");
    }

    private async Task CutEnrolmentsAsync(
        OrganisationId organisation,
        Learner learner,
        Func<EnrolmentPeriod, EnrolmentPeriod> period,
        CancellationToken cancellation)
    {
        foreach (var enrolment in await enrolments.OfLearnerAsync(organisation, learner.Ref, cancellation))
        {
            for (var attempt = 0; attempt < MaxTries; attempt++)
            {
                var stored = await enrolments.FindAsync(
                    organisation, enrolment.TrainingRef, enrolment.Group, learner.Ref, cancellation);
                if (stored is null || await TryCutAsync(organisation, stored, learner, period, cancellation))
                {
                    break;
                }
            }
        }
    }

    private async Task<bool> TryCutAsync(
        OrganisationId organisation,
        Stored<EnrolledLearner> stored,
        Learner learner,
        Func<EnrolmentPeriod, EnrolmentPeriod> period,
        CancellationToken cancellation)
    {
        var periods = stored.Value.Enrolment.Periods;
        var cut = periods.Select(period).ToList();
        var changed = stored.Value with
        {
            Enrolment = cut.SequenceEqual(periods) ? stored.Value.Enrolment : stored.Value.Enrolment with { Periods = cut },
            LastName = learner.LastName,
            FirstName = learner.FirstName,
            BirthDate = learner.BirthDate,
            HasEmail = false,
        };
        return changed == stored.Value
            || await enrolments.TryWriteAsync(
                organisation, [], [new Replacement<EnrolledLearner>(stored, changed)], cancellation);
    }
}
