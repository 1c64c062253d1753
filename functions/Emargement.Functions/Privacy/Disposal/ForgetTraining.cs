using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.Accounts.Erasure;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Privacy.Erasure;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Privacy.Disposal;

/// <summary>
/// Forgets a training whose term is over and was reported: first drawings and documents, month by month, then access and addresses, then
/// names. What was done is noted after each month and each step, so that a run cut short goes on from there.
/// </summary>
public sealed class ForgetTraining(
    ForgettingsTable forgettings,
    ForgetProofs proofs,
    ErasuresTable erasures,
    ForgetAccess access,
    ForgetTraces traces,
    ForgetContacts contacts,
    ForgetJustifications justifications,
    MonthMarksTable marks)
{
    private const string By = "system";

    /// <param name="gone">Learners who are in no training that is still kept.</param>
    /// <returns>How far it is; null when another run goes on with it.</returns>
    public async Task<Forgetting?> RunAsync(
        Organisation organisation,
        KeptTraining training,
        Stored<Forgetting> read,
        IReadOnlyCollection<Reference> gone,
        DateOnly today,
        CancellationToken cancellation)
    {
        var at = await ProofsAsync(organisation.Id, training, read, cancellation);
        if (at is null)
        {
            return null;
        }

        var learners = gone.Select(l => new AccountId(AccountKind.Learner, l)).ToHashSet();
        foreach (var learner in learners)
        {
            await erasures.NoteAsync(organisation.Id, new ErasedPerson(learner, today, By, Names: false), cancellation);
            await access.RunAsync(organisation.Id, learner, cancellation);
            await contacts.RunAsync(organisation.Id, learner, cancellation);
            await justifications.OfPersonAsync(organisation.Id, learner.Person, cancellation);
        }

        await traces.RunAsync(organisation.Id, learners, cancellation);
        at = await StepAsync(organisation.Id, at, ForgettingStep.Contacts, cancellation);
        if (at is null)
        {
            return null;
        }

        foreach (var learner in learners)
        {
            await erasures.NoteAsync(organisation.Id, new ErasedPerson(learner, today, By, Names: true), cancellation);
            await contacts.ForgetNamesAsync(organisation.Id, learner, cancellation);
        }

        // What pages say of these months holds names, too, until it is calculated again.
        foreach (var month in YearMonth.Between(training.Training.FirstDay, training.LastDay))
        {
            await marks.MarkAsync(organisation.Id, month, cancellation);
        }

        return (await StepAsync(organisation.Id, at, ForgettingStep.Names, cancellation))?.Value;
    }

    private async Task<Stored<Forgetting>?> ProofsAsync(
        OrganisationId organisation, KeptTraining training, Stored<Forgetting> read, CancellationToken cancellation)
    {
        var (first, last) = (training.Training.FirstDay, training.LastDay);

        // Where the store kept documents back, every month is asked again.
        var at = read;
        if (at.Value.KeptByStore > 0)
        {
            at = at with { Value = at.Value with { Through = null, KeptByStore = 0 } };
        }

        foreach (var month in YearMonth.Between(first, last).Where(m => at.Value.Through is not { } done || m.CompareTo(done) > 0).ToList())
        {
            var deleted = await proofs.MonthAsync(organisation, training.Training.Ref, month, cancellation);
            var next = await forgettings.TryWriteAsync(organisation, at, Add(at.Value, deleted) with { Through = month }, cancellation);
            if (next is null)
            {
                return null;
            }

            at = next;
        }

        var others = await proofs.PlacementsAsync(organisation, training.Training.Ref, first, last, cancellation)
            + await proofs.StatementsAsync(organisation, training.Training.Ref, cancellation);
        return await forgettings.TryWriteAsync(
            organisation,
            at,
            Add(at.Value, others) with { Step = Later(at.Value.Step, ForgettingStep.Drawings) },
            cancellation);
    }

    private Task<Stored<Forgetting>?> StepAsync(
        OrganisationId organisation, Stored<Forgetting> at, ForgettingStep step, CancellationToken cancellation) =>
        forgettings.TryWriteAsync(organisation, at, at.Value with { Step = Later(at.Value.Step, step) }, cancellation);

    private static ForgettingStep Later(ForgettingStep one, ForgettingStep other) => one > other ? one : other;

    private static Forgetting Add(Forgetting forgetting, DeletedBlobs deleted) => forgetting with
    {
        Documents = forgetting.Documents + deleted.Gone,
        KeptByStore = forgetting.KeptByStore + deleted.Kept,
    };
}
