using Azure;
using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions.Hand;

namespace Emargement.Functions.Sessions.Following;

/// <summary>
/// Lets the file decide again of a Session that a person changed, and of the rest of its slot, for a slot stands whole: the next import
/// writes what the file says.
/// </summary>
public sealed class FollowFile(HandScenes scenes, HandWriter writer, WarnOfEdit warn, SessionsTable sessions)
{
    public async Task<Result<EditedSession>> RunAsync(
        OrganisationId organisation, SessionId id, HandRequest request, ETag ifMatch, Caller caller, CancellationToken cancellation)
    {
        var read = await scenes.ReadAsync(organisation, id, request.Reason, caller, cancellation);
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var scene = read.Value;
        if (!scene.Session.EditedByHand || !PlannedSession.IsImported(scene.Session.Source))
        {
            return await warn.RunAsync(scene.Organisation, scene.Stored, null, cancellation);
        }

        if ((scene.CheckVersion(ifMatch) ?? scene.Organisation.Refuses(id.Month)) is { } refusal)
        {
            return refusal;
        }

        var marked = await sessions.BetweenAsync(organisation, id.Date, id.Date, cancellation)
            .Where(s => s.Value.EditedByHand && (s.Value.SlotRef == scene.Session.SlotRef || s.Value.MergedInto == id))
            .ToListAsync(cancellation);
        var changes = marked.Select(s => new Replacement<Session>(s, Following(s.Value, scene.Act))).ToList();
        if (!changes.Exists(c => c.Read.ETag == ifMatch) || !await sessions.TryWriteAsync([], changes, cancellation))
        {
            return HandScenes.ChangedMeanwhile;
        }

        foreach (var change in changes)
        {
            await writer.TraceAsync(change.Changed, [change.Changed.Edits[^1].ToFact()], cancellation);
        }

        var now = await sessions.FindAsync(organisation, id, cancellation);
        return await warn.RunAsync(scene.Organisation, now ?? scene.Stored, null, cancellation);
    }

    // No content has an empty hash: whatever the file says is a change.
    private static Session Following(Session session, EditAct act) =>
        EditTrace.Marked(session, session, act, DateOnly.MinValue, EditTrace.Entry(act, EditedField.Followed, null, null)) with
        {
            EditedByHand = false,
            ContentHash = "",
            MergedInto = null,
            KeptOver = null,
            Asked = null,
        };
}
