using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Placements;

/// <summary>Whose learners they are: a trainer's are those of the groups to which they teach a session of the training.</summary>
public sealed class TaughtGroups(SessionsTable sessions, TrainingsTable trainings, TimeProvider time)
{
    private readonly ShortMemory<(OrganisationId, Reference Training, Reference Trainer), IReadOnlySet<string>> _known = new(time);

    /// <summary>Whether the trainer teaches the group of a placement: a read of the training's sessions, once in half a minute.</summary>
    public async Task<bool> HoldAsync(
        OrganisationId organisation, Reference training, string group, Reference? trainer, CancellationToken cancellation) =>
        trainer is { } person
        && await _known.ReadAsync(
            (organisation, training, person),
            async token => await OfAsync(organisation, training, person, token),
            cancellation) is { } groups
        && groups.Contains(group);

    /// <inheritdoc cref="HoldAsync(OrganisationId, Reference, string, Reference?, CancellationToken)"/>
    public Task<bool> HoldAsync(Placement placement, Reference? trainer, CancellationToken cancellation) =>
        HoldAsync(placement.Organisation, placement.TrainingRef, placement.Group, trainer, cancellation);

    private async Task<IReadOnlySet<string>> OfAsync(
        OrganisationId organisation, Reference training, Reference trainer, CancellationToken cancellation)
    {
        if (await trainings.FindAsync(organisation, training, cancellation) is not { Value: var known })
        {
            return new HashSet<string>();
        }

        var taught = sessions.OfTrainingAsync(organisation, training, known.FirstDay, known.LastDay, cancellation)
            .Where(s => s.State != SessionState.Cancelled && s.IsTaughtBy(trainer));
        return await taught.SelectMany(s => s.Groups.ToAsyncEnumerable()).ToHashSetAsync(cancellationToken: cancellation);
    }
}
