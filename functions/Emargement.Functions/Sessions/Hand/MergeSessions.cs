using Azure;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Hand;

/// <param name="With">The Session that becomes part of this one.</param>
/// <param name="Reason">Why: obligatory for people.</param>
public sealed record MergeRequest(SessionId With, string? Reason = null);

/// <summary>Puts two planned Sessions of one half-day together, at once: the first keeps its reference, the second stays behind,
/// cancelled.</summary>
public sealed class MergeSessions(HandScenes scenes, HandWriter writer, WarnOfEdit warn, SessionsTable sessions)
{
    public async Task<Result<EditedSession>> RunAsync(
        OrganisationId organisation, SessionId id, MergeRequest request, ETag ifMatch, Caller caller, CancellationToken cancellation)
    {
        var read = await scenes.ReadAsync(organisation, id, request.Reason, caller, cancellation);
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var scene = read.Value;
        if (await sessions.FindAsync(organisation, request.With, cancellation) is not { } second)
        {
            return Refusal.NotFound("session-not-found");
        }

        if (second.Value.MergedInto == id)
        {
            return await warn.RunAsync(scene.Organisation, scene.Stored, null, cancellation);
        }

        var why = scene.CheckVersion(ifMatch)
            ?? scene.CheckOwner(second.Value)
            ?? scene.Organisation.Refuses(id.Month)
            ?? SlotCut.CheckMerge(scene.Session, second.Value);
        if (why is { } refusal)
        {
            return refusal;
        }

        var (one, two) = Together(scene, second.Value);
        if (!await sessions.TryWriteAsync([], [new(scene.Stored, one), new(second, two)], cancellation))
        {
            return HandScenes.ChangedMeanwhile;
        }

        await writer.TraceAsync(one, PlanningFacts.Of(one), cancellation);
        var written = await sessions.FindAsync(organisation, id, cancellation);
        return await warn.RunAsync(scene.Organisation, written ?? scene.Stored, null, cancellation);
    }

    private static (Session One, Session Two) Together(HandScene scene, Session second)
    {
        var first = scene.Session;
        var whole = first with
        {
            Start = first.Start < second.Start ? first.Start : second.Start,
            End = first.End > second.End ? first.End : second.End,
            Roster = [.. first.Roster, .. second.Roster],
        };
        var gone = second with { State = SessionState.Cancelled, MergedInto = first.Id };
        return (
            EditTrace.Marked(first, whole, scene.Act, scene.Today),
            EditTrace.Marked(second, gone, scene.Act, scene.Today));
    }
}
