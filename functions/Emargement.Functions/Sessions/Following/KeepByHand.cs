using Azure;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Hand;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Sessions.Following;

/// <param name="Over">What the file says, by the <c>version</c> of a report's conflict.</param>
public sealed record KeepRequest(string Over);

/// <summary>Notes that a person keeps a Session as they changed it over what a file says of its slot: imports say so from now on, and no
/// longer ask, until the file says something else.</summary>
public sealed class KeepByHand(HandScenes scenes, SessionsTable sessions, MonthMarksTable marks, WarnOfEdit warn)
{
    private const int MaxOver = 200;

    // The decision is about a file's version, which needs no other reason.
    private const string Reason = "gardé";

    public async Task<Result<EditedSession>> RunAsync(
        OrganisationId organisation, SessionId id, KeepRequest request, ETag ifMatch, Caller caller, CancellationToken cancellation)
    {
        if (PlainText.Within(request.Over, MaxOver) is not { } over)
        {
            return Refusal.BadInput("body-invalid", ("path", "$.over"));
        }

        var read = await scenes.ReadAsync(organisation, id, Reason, caller, cancellation);
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var scene = read.Value;
        if (!scene.Session.EditedByHand || scene.Session.KeptOver == over)
        {
            return await warn.RunAsync(scene.Organisation, scene.Stored, null, cancellation);
        }

        if (scene.CheckVersion(ifMatch) is { } refusal)
        {
            return refusal;
        }

        var kept = scene.Session with { KeptOver = over, Asked = null };
        if (await sessions.ReplaceAsync(scene.Stored, kept, cancellation) is not { } tag)
        {
            return HandScenes.ChangedMeanwhile;
        }

        await marks.MarkAsync(organisation, id.Month, cancellation);
        return await warn.RunAsync(scene.Organisation, new(kept, tag), null, cancellation);
    }
}
