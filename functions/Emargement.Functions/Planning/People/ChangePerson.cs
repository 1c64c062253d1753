using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.People;

/// <summary>
/// Reads a learner or a trainer, and changes them by hand: what changes is kept above the files. The same change again changes nothing.
/// </summary>
public sealed class ChangePerson(LearnersTable learners, TrainersTable trainers, EnrolmentsTable enrolments, WritePerson write)
{
    /// <returns>The learner, or <c>learner-not-found</c>.</returns>
    public async Task<Result<LearnerState>> ReadLearnerAsync(
        OrganisationId organisation, Reference learner, CancellationToken cancellation) =>
        await learners.FindAsync(organisation, learner, cancellation) is { } stored
            ? LearnerState.Of(stored, await enrolments.OfLearnerAsync(organisation, learner, cancellation))
            : Refusal.NotFound("learner-not-found");

    /// <returns>The trainer, or <c>trainer-unknown</c>.</returns>
    public async Task<Result<TrainerState>> ReadTrainerAsync(
        OrganisationId organisation, Reference trainer, CancellationToken cancellation) =>
        await trainers.FindAsync(organisation, trainer, cancellation) is { } stored
            ? new TrainerState(stored, [])
            : Refusal.NotFound("trainer-unknown");

    /// <param name="ifMatch">The version that the caller read.</param>
    /// <returns>The learner as changed; or <c>learner-not-found</c>, <c>changed-meanwhile</c>, or what is wrong with a value.</returns>
    public async Task<Result<LearnerState>> RunAsync(
        OrganisationId organisation, Reference learner, LearnerPatch patch, ETag ifMatch, CancellationToken cancellation)
    {
        var stored = await learners.FindAsync(organisation, learner, cancellation);
        if (stored is null)
        {
            return Refusal.NotFound("learner-not-found");
        }

        var asked = patch.ApplyTo(stored.Value);
        var written = await WriteAsync(learners, organisation, learner, stored, asked, ifMatch, cancellation);
        return written.IsOk
            ? await write.FollowAsync(organisation, written.Value, NameOf(stored.Value) != NameOf(written.Value.Value), cancellation)
            : written.Refusal;
    }

    /// <param name="ifMatch">The version that the caller read.</param>
    /// <returns>The trainer as changed; or <c>trainer-unknown</c>, <c>changed-meanwhile</c>, or what is wrong with a value.</returns>
    public async Task<Result<TrainerState>> RunAsync(
        OrganisationId organisation, Reference trainer, TrainerPatch patch, ETag ifMatch, CancellationToken cancellation)
    {
        var stored = await trainers.FindAsync(organisation, trainer, cancellation);
        if (stored is null)
        {
            return Refusal.NotFound("trainer-unknown");
        }

        var asked = patch.ApplyTo(stored.Value);
        var written = await WriteAsync(trainers, organisation, trainer, stored, asked, ifMatch, cancellation);
        var renamed = written.IsOk && (stored.Value.LastName, stored.Value.FirstName)
            != (written.Value.Value.LastName, written.Value.Value.FirstName);
        return written.IsOk ? await write.FollowAsync(organisation, written.Value, renamed, cancellation) : written.Refusal;
    }

    private static (string, string) NameOf(Learner learner) => (learner.LastName, learner.FirstName);

    private static async Task<Result<Stored<T>>> WriteAsync<T>(
        ReferenceTable<T> table,
        OrganisationId organisation,
        Reference reference,
        Stored<T> stored,
        Result<T> asked,
        ETag ifMatch,
        CancellationToken cancellation)
        where T : class
    {
        if (!asked.IsOk)
        {
            return asked.Refusal;
        }

        if (asked.Value.Equals(stored.Value))
        {
            return stored;
        }

        return stored.ETag == ifMatch
            && await table.TryReplaceAsync(organisation, stored, asked.Value, cancellation)
            && await table.FindAsync(organisation, reference, cancellation) is { } written
            ? written
            : Refusal.Conflict("changed-meanwhile");
    }
}
