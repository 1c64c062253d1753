using System.Globalization;
using Azure;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Hand;

/// <summary>
/// Plans a cancelled Session again. One that was open once stays as it was left, for its facts are its own: another takes its place.
/// </summary>
public sealed class RestoreSession(
    HandScenes scenes, SessionScenes around, HandWriter writer, WarnOfEdit warn, SessionsTable sessions)
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
        if (scene.Session.State != SessionState.Cancelled)
        {
            return await warn.RunAsync(scene.Organisation, scene.Stored, null, cancellation);
        }

        // What moved or became part of another takes place there.
        if (scene.Session.MovedTo is not null || scene.Session.MergedInto is not null)
        {
            return SessionLifecycle.NotOpen(scene.Session);
        }

        if ((scene.CheckVersion(ifMatch) ?? scene.Organisation.Refuses(id.Month)) is { } refusal)
        {
            return refusal;
        }

        if (await TakesPlaceElsewhereAsync(scene, cancellation))
        {
            return SessionLifecycle.NotOpen(scene.Session);
        }

        var written = scene.Session.OpenedAt is null
            ? await writer.WriteAsync(scene.Stored, Restored(scene), cancellation)
            : await AgainAsync(scene, cancellation);
        return written is null
            ? HandScenes.ChangedMeanwhile
            : await warn.RunAsync(scene.Organisation, written, written.Value.Id == id ? null : id, cancellation);
    }

    // A file moved it, or somebody cut it: the half-day is there already. Its training is read through, for a restoration is rare.
    private async Task<bool> TakesPlaceElsewhereAsync(HandScene scene, CancellationToken cancellation)
    {
        var gone = scene.Session;
        var training = await around.TrainingAsync(gone.Organisation, gone.TrainingRef, cancellation);
        var (first, last) = (training?.FirstDay ?? gone.Id.Date, training?.LastDay ?? gone.Id.Date);
        return await sessions.OfTrainingAsync(gone.Organisation, gone.TrainingRef, first, last, cancellation).AnyAsync(
            s => s.State != SessionState.Cancelled && s.SlotRef == gone.SlotRef
                && (s.Id.Reference == gone.Id.Reference || (s.Start < gone.End && gone.Start < s.End)),
            cancellation);
    }

    private static Session Restored(HandScene scene) => EditTrace.Marked(
        scene.Session, scene.Session with { State = SessionState.Planned }, scene.Act, scene.Today);

    private async Task<Stored<Session>?> AgainAsync(HandScene scene, CancellationToken cancellation)
    {
        var old = scene.Session;
        var times = old.Edits.Count == 0 ? 0 : old.Edits[^1].N;
        var reference = ManualReference.Of(old.Id.ToString(), times.ToString(CultureInfo.InvariantCulture));
        var again = old with
        {
            Id = old.Id with { Reference = reference },
            SlotRef = reference,
            Source = ManualReference.Source,
            State = SessionState.Planned,
            OpenedAt = null,
            Edits = [],
        };
        var marked = EditTrace.Marked(
            again, again, scene.Act, scene.Today, EditTrace.Entry(scene.Act, EditedField.Created, old.Id.ToString(), null));
        await sessions.TryInsertAsync(marked, cancellation);
        var stored = await sessions.FindAsync(old.Organisation, again.Id, cancellation);
        if (stored is not null)
        {
            await writer.TraceAsync(stored.Value, PlanningFacts.Of(stored.Value), cancellation);
        }

        return stored;
    }
}
