using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Sessions;

/// <summary>What the staff says of one learner.</summary>
/// <param name="Minutes">Minutes late or left early; 0 or absent otherwise.</param>
/// <param name="Code">Of a reason of the list, whose words stand where <c>reason</c> has none.</param>
public sealed record MarkRequest(
    Reference Learner, AttendanceMark Mark, int? Minutes = null, string? Reason = null, string? Code = null);

/// <summary>
/// The trainer marks a learner late, gone early, absent or present while the Session is open. Saying again what was said last adds nothing.
/// </summary>
public sealed class MarkLearner(SessionScenes scenes, FactsTable facts, IStatedReasons reasons, TimeProvider time)
{
    public async Task<Result<Marked>> RunAsync(
        OrganisationId organisation, SessionId id, MarkRequest request, Caller caller, CancellationToken cancellation)
    {
        var scene = await scenes.NowForAsync(organisation, id, caller, cancellation);
        if (!scene.IsOk)
        {
            return scene.Refusal;
        }

        var session = scene.Value.Session;
        if (session.State != SessionState.Open)
        {
            return SessionLifecycle.NotOpen(session);
        }

        if (Statement.Check(request.Mark, request.Minutes, request.Reason, session.PlannedMinutes) is { } invalid)
        {
            return invalid;
        }

        if (scene.Value.Find(request.Learner) is null)
        {
            return Refusal.Conflict("not-enrolled");
        }

        var listed = await reasons.FindAsync(
            scene.Value.Organisation, id, request.Learner, request.Mark, request.Code, documentSeen: false, cancellation);
        if (!listed.IsOk)
        {
            return listed.Refusal;
        }

        var mark = MarkOf(request, listed.Value, caller);
        var known = await facts.OfSessionWithoutDrawingsAsync(organisation, id, cancellation);
        if (known.Where(f => f.About == request.Learner).MaxBy(f => f.At) is Marked latest && mark == latest with { At = mark.At })
        {
            return latest;
        }

        // Its key holds the time to the tick: where it is taken, an earlier try of this very call took it.
        return await facts.AddWhileOpenAsync(organisation, id, new NewFact(mark), cancellation) == Addition.NotOpen
            ? Refusal.Conflict("session-closed")
            : mark;
    }

    private Marked MarkOf(MarkRequest request, StatedReason listed, Caller caller) => new()
    {
        At = time.GetUtcNow(),
        By = caller.Id,
        Learner = request.Learner,
        Mark = request.Mark,
        Minutes = request.Minutes ?? 0,
        Reason = Statement.Tidy(request.Reason) ?? listed.Words,
        Code = listed.Code,
        CountsAsPresence = listed.Counts ? true : null,
        FunderCode = listed.FunderCode,
    };
}
