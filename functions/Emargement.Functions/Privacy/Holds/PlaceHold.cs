using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Privacy.Holds;

/// <param name="Target">The reference of the training or the learner; none for the organisation.</param>
/// <param name="Until">The last day on which it counts; until it is lifted unless said.</param>
public sealed record PlaceHoldBody(HoldScope Scope, string Reason, Reference? Target = null, DateOnly? Until = null);

/// <summary>Holds what the organisation keeps of a training, of a learner, or all of it: nothing of it is deleted meanwhile.</summary>
public sealed class PlaceHold(LegalHoldsTable holds, TrainingsTable trainings, LearnersTable learners, TimeProvider time)
{
    /// <returns>The hold, or <c>hold-target-unknown</c>, <c>hold-reason-missing</c>, <c>hold-until-past</c>, or <c>hold-exists</c> for one
    /// that counts already.</returns>
    public async Task<Result<LegalHold>> RunAsync(
        Organisation organisation, PlaceHoldBody body, Caller by, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        if (HoldId.Of(body.Scope, body.Target) is not { } id || !await IsKnownAsync(organisation.Id, id, cancellation))
        {
            return Refusal.BadInput("hold-target-unknown");
        }

        if (PlainText.Within(body.Reason, LegalHold.MaxReason) is not { } reason)
        {
            return Refusal.BadInput("hold-reason-missing");
        }

        if (body.Until < today)
        {
            return Refusal.BadInput("hold-until-past");
        }

        var stored = await holds.FindAsync(organisation.Id, id, cancellation);
        var hold = new LegalHold(id, reason, by.Id, time.GetUtcNow(), body.Until);
        return stored is { Value: var before } && before.IsOn(today) ? Refusal.Conflict("hold-exists")
            : await holds.TryWriteAsync(organisation.Id, stored, hold, cancellation) ? hold
            : Refusal.Conflict("hold-exists");
    }

    private async Task<bool> IsKnownAsync(OrganisationId organisation, HoldId id, CancellationToken cancellation) => id switch
    {
        { Scope: HoldScope.Training, Target: { } training } => await trainings.FindAsync(organisation, training, cancellation) is not null,
        { Scope: HoldScope.Learner, Target: { } learner } => await learners.FindAsync(organisation, learner, cancellation) is not null,
        _ => true,
    };
}
