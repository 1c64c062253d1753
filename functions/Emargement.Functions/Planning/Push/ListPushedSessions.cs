using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Planning.Push;

/// <summary>A slot that a source pushed and that stands.</summary>
/// <param name="Date">Local day of its earliest Session.</param>
public sealed record PushedSlot(Reference Ref, DateOnly Date, Reference Training, IReadOnlyList<string> Groups);

/// <summary>Lists the slots of one source, for a sender that has to find out which of them are gone on its side.</summary>
public sealed class ListPushedSessions(SessionsTable sessions)
{
    /// <summary>Days of one list at most.</summary>
    public const int MaxDays = 31;

    /// <param name="source">The name that the sender gives itself; null for the one source without a name.</param>
    /// <returns>The slots in order, or <c>push-source-invalid</c>, <c>period-too-long</c>.</returns>
    public async Task<Result<IReadOnlyList<PushedSlot>>> RunAsync(
        OrganisationId organisation, string? source, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var name = PushSources.NameOf(source);
        if (!name.IsOk)
        {
            return name.Refusal;
        }

        if (to < from || to.DayNumber - from.DayNumber >= MaxDays)
        {
            return PushRefusals.PeriodTooLong;
        }

        var own = PlannedSession.SourceOf(PushSources.IdOf(name.Value));
        var slots = new Dictionary<Reference, PushedSlot>();
        await foreach (var session in sessions.BetweenAsync(organisation, from, to, cancellation).Select(s => s.Value))
        {
            if (session.Source == own && session.State != SessionState.Cancelled)
            {
                slots.TryAdd(session.SlotRef, new PushedSlot(session.SlotRef, session.Id.Date, session.TrainingRef, session.Groups));
            }
        }

        return slots.Values.ToList();
    }
}
