using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Signing.Tablet;

/// <summary>What the handed-round device shows: the names of its one Session, and who signed. Nothing else.</summary>
public sealed record TabletView(SessionSummary Session, IReadOnlyList<TabletLearner> Learners);

/// <param name="Apart">What tells them from another of the same name; absent when nobody bears it.</param>
public sealed record TabletLearner(Reference Learner, string LastName, string FirstName, string? Apart, bool Signed);

/// <summary>Reads the list of a handed-round device: one range query, as the live view.</summary>
public sealed class ListTabletLearners(SessionScenes scenes, FactsTable facts)
{
    /// <returns>The list, or <c>not-your-session</c> for any Session but the tablet's own.</returns>
    public async Task<Result<TabletView>> RunAsync(
        OrganisationId organisation, SessionId id, Caller caller, CancellationToken cancellation)
    {
        if (caller.Kind != Callers.Tablet || caller.Session != id)
        {
            return Refusal.Forbidden("not-your-session");
        }

        var scene = await scenes.LatelyAsync(organisation, id, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var known = await facts.OfSessionWithoutDrawingsAsync(organisation, id, cancellation);
        var signed = known.OfType<Signed>().Select(s => s.Learner).ToHashSet();
        return new TabletView(
            SessionSummary.Of(scene.Value.Session, scene.Value.Training, scene.Value.Organisation),
            [
                .. scene.Value.Roster.Select(
                    l => new TabletLearner(l.Learner, l.LastName, l.FirstName, l.Apart, signed.Contains(l.Learner))),
            ]);
    }
}
