using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Sessions.Hand;

/// <summary>A Session as a person left it.</summary>
/// <param name="MovedFrom">Where it was, when the change moved it.</param>
public sealed record EditedSession(
    Organisation Organisation, Stored<Session> Stored, Training? Training, SessionId? MovedFrom, IReadOnlyList<EditWarning> Warnings)
{
    public Session Session => Stored.Value;
}

/// <param name="Version">What a further change carries in If-Match.</param>
/// <param name="Warnings">What is worth a look: nothing of it was refused.</param>
public sealed record SessionEdited(
    SessionSummary Session, SessionId? MovedFrom, string Version, IReadOnlyList<SessionWarning> Warnings)
{
    public static SessionEdited Of(EditedSession edited) => new(
        SessionSummary.Of(edited.Session, edited.Training, edited.Organisation),
        edited.MovedFrom,
        edited.Stored.ETag.ToString(),
        [.. edited.Warnings.Select(w => new SessionWarning(w.Code, w.Other?.Id))]);

    public static IResult Answer(EditedSession edited, int status) => ETags.Ok(Of(edited), edited.Stored.ETag, status);
}

/// <param name="With">The other Session, where two meet.</param>
public sealed record SessionWarning(string Code, SessionId? With = null);

/// <summary>Finds what is worth a look in a Session that a person changed: one range of the days around it, its training from
/// memory.</summary>
public sealed class WarnOfEdit(SessionsTable sessions, SessionScenes scenes)
{
    public async Task<EditedSession> RunAsync(
        Organisation organisation, Stored<Session> stored, SessionId? movedFrom, CancellationToken cancellation)
    {
        var session = stored.Value;
        var training = await scenes.TrainingAsync(organisation.Id, session.TrainingRef, cancellation);
        var around = session.State == SessionState.Cancelled ? [] : await sessions
            .BetweenAsync(organisation.Id, session.Id.Date.AddDays(-1), session.Id.Date.AddDays(1), cancellation)
            .Select(s => s.Value)
            .ToListAsync(cancellation);
        var warnings = session.State == SessionState.Cancelled ? [] : EditWarning.Of(session, around, training, organisation);
        return new EditedSession(organisation, stored, training, movedFrom, warnings);
    }
}
