using Azure;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Sessions.Hand;

/// <param name="Reason">Why: obligatory for people.</param>
public sealed record HandRequest(string? Reason = null);

/// <summary>
/// Cancels a Session that nobody signed: it stays visible, crossed out, with the reason. Of one that is open the door goes first, so that
/// no signature comes between.
/// </summary>
public sealed class CancelSession(HandScenes scenes, HandWriter writer, WarnOfEdit warn, FactsTable facts)
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
        if (scene.Session.State == SessionState.Cancelled)
        {
            return await warn.RunAsync(scene.Organisation, scene.Stored, null, cancellation);
        }

        if (await CheckAsync(scene, ifMatch, cancellation) is { } refusal)
        {
            return refusal;
        }

        var cancelled = scene.Session with { State = SessionState.Cancelled, Key = ReadOnlyMemory<byte>.Empty };
        var marked = EditTrace.Marked(scene.Session, cancelled, scene.Act, scene.Today);
        return await writer.WriteAsync(scene.Stored, marked, cancellation) is { } written
            ? await warn.RunAsync(scene.Organisation, written, null, cancellation)
            : HandScenes.ChangedMeanwhile;
    }

    private async Task<Refusal?> CheckAsync(HandScene scene, ETag ifMatch, CancellationToken cancellation)
    {
        if (scene.CheckVersion(ifMatch) is { } changed)
        {
            return changed;
        }

        if (scene.Session.State != SessionState.Open)
        {
            return EditRules.CheckCancelling(scene.Session, signed: false, scene.Organisation);
        }

        var (known, door) = await facts.BeforeClosingAsync(scene.Organisation.Id, scene.Session.Id, cancellation);
        if (EditRules.CheckCancelling(scene.Session, known.Any(f => f is Signed or OnPaper), scene.Organisation) is { } refusal)
        {
            return refusal;
        }

        return door is null || await facts.TryCloseAsync(scene.Organisation.Id, scene.Session.Id, [], door, cancellation)
            ? null
            : HandScenes.ChangedMeanwhile;
    }
}
