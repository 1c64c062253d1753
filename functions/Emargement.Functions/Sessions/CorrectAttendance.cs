using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Sessions;

/// <param name="Reason">Why the record changes; empty only where a code says it.</param>
/// <param name="Method"><c>paper</c> when a paper sheet proves the presence that is restored.</param>
/// <param name="Code">Of a reason of the list.</param>
/// <param name="DocumentSeen">Whether the document that it asks for was seen.</param>
public sealed record CorrectionRequest(
    Reference Learner,
    AttendanceMark Mark,
    string? Reason = null,
    int? Minutes = null,
    SigningMethod? Method = null,
    string? Code = null,
    bool DocumentSeen = false);

/// <summary>
/// Corrects a closed Session: a new fact with its author and reason, and a new version of the sheet. The first statement stays in the
/// evidence.
/// </summary>
public sealed class CorrectAttendance(SessionScenes scenes, FactsTable facts, IStatedReasons reasons, TimeProvider time)
{
    /// <returns>The correction; the same one again when it repeats the latest about this learner.</returns>
    public async Task<Result<Recorded<Corrected>>> RunAsync(
        OrganisationId organisation, SessionId id, CorrectionRequest request, Caller caller, CancellationToken cancellation)
    {
        var scene = await scenes.NowForAsync(organisation, id, caller, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        if (Check(scene.Value, request) is { } refusal)
        {
            return refusal;
        }

        var known = await facts.OfSessionWithoutDrawingsAsync(organisation, id, cancellation);
        if (scene.Value.Find(request.Learner) is null && known.All(f => f.About != request.Learner))
        {
            return Refusal.Conflict("not-enrolled");
        }

        var listed = await reasons.FindAsync(
            scene.Value.Organisation, id, request.Learner, request.Mark, request.Code, request.DocumentSeen, cancellation);
        if (!listed.IsOk)
        {
            return listed.Refusal;
        }

        var asked = CorrectionOf(request, listed.Value, caller);
        var latest = known.OfType<Corrected>().Where(c => c.Learner == request.Learner).MaxBy(c => c.At);
        var correction = latest is not null && asked == latest with { At = asked.At } ? latest : asked;
        if (correction == asked)
        {
            await facts.TryInsertAsync(organisation, id, new NewFact(asked), cancellation);
        }

        // Also for a repeat: the earlier try may have stopped before this.
        return new Recorded<Corrected>(correction, SealRequested.Of(organisation, id, correction));
    }

    private Corrected CorrectionOf(CorrectionRequest request, StatedReason listed, Caller caller) => new()
    {
        At = time.GetUtcNow(),
        By = caller.Id,
        Learner = request.Learner,
        Mark = request.Mark,
        Minutes = request.Minutes ?? 0,
        Reason = Statement.Tidy(request.Reason) ?? listed.Words!,
        Method = request.Method,
        Code = listed.Code,
        DocumentSeen = request is { DocumentSeen: true, Code: not null } ? true : null,
        CountsAsPresence = listed.Counts ? true : null,
        FunderCode = listed.FunderCode,
    };

    private static Refusal? Check(SessionScene scene, CorrectionRequest request) =>
        CheckState(scene.Session) ?? scene.Organisation.Refuses(scene.Session.Id.Month) ?? CheckWords(scene.Session, request);

    /// <summary>Only what is closed is corrected.</summary>
    internal static Refusal? CheckState(Session session) => session.State switch
    {
        SessionState.Closed => null,
        SessionState.Cancelled => SessionLifecycle.NotOpen(session),
        _ => Refusal.Conflict("session-not-closed"),
    };

    /// <summary>Whether it may be said so of a half-day.</summary>
    internal static Refusal? CheckWords(Session session, CorrectionRequest request) =>
        request.Code is null && Statement.Tidy(request.Reason) is null ? Refusal.BadInput("reason-missing")
        : request.Method is not (null or SigningMethod.Paper) ? Refusal.BadInput("method-not-allowed")
        : Statement.Check(request.Mark, request.Minutes, request.Reason, session.PlannedMinutes);
}
