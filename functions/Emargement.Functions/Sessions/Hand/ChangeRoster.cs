using Emargement.Domain.People;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Hand;

/// <param name="Method"><c>paper</c> when a paper sheet proves the presence.</param>
public sealed record AddedCorrection(AttendanceMark Mark, int? Minutes = null, SigningMethod? Method = null);

/// <param name="Funder">Who pays, when no enrolment of that day says so.</param>
/// <param name="Correction">What the person's attendance was: once the Session is closed, and only then.</param>
public sealed record AddedPerson(Reference Learner, string? Funder = null, AddedCorrection? Correction = null);

/// <summary>Somebody to add to a Session's list, or to take off it.</summary>
public sealed record RosterRequest(string Reason, AddedPerson? Add = null, Reference? Remove = null);

/// <summary>The person whom the request is about, as expected now.</summary>
public sealed record RosterChanged(Reference Learner, bool Expected, SealRequested? Seal);

/// <summary>
/// Adds a person to a Session's list, or takes off one who did not sign. While it is open, the fact goes through its door, so that the
/// closing counts it or it is refused.
/// </summary>
public sealed class ChangeRoster(
    HandScenes scenes, HandWriter writer, SessionsTable sessions, FactsTable facts, EnrolmentsTable enrolments, LearnersTable learners,
    CorrectAttendance correct)
{
    public async Task<Result<RosterChanged>> RunAsync(
        OrganisationId organisation, SessionId id, RosterRequest request, Caller caller, CancellationToken cancellation)
    {
        var read = await scenes.ReadAsync(organisation, id, request.Reason, caller, cancellation);
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        if (request.Add is null == request.Remove is null)
        {
            return Refusal.BadInput("learner-missing");
        }

        var scene = read.Value;
        var known = await facts.OfSessionWithoutDrawingsAsync(organisation, id, cancellation);
        var change = await PlanAsync(scene, request, known, caller, cancellation);
        if (!change.IsOk)
        {
            return change.Refusal;
        }

        if (await WriteAsync(scene, change.Value, known, cancellation) is { } refusal)
        {
            return refusal;
        }

        return request.Add?.Correction is { } correction
            ? await CorrectAsync(scene, change.Value, correction, caller, cancellation)
            : new RosterChanged(change.Value.Learner, change.Value.Expected, SealAfter(scene, change.Value));
    }

    private static SealRequested? SealAfter(HandScene scene, RosterChange change) => scene.Session.State == SessionState.Closed
        ? SealRequested.Of(scene.Organisation.Id, scene.Session.Id, change.ToFact())
        : null;

    private async Task<Result<RosterChange>> PlanAsync(
        HandScene scene, RosterRequest request, IReadOnlyList<Fact> known, Caller caller, CancellationToken cancellation)
    {
        var session = scene.Session;
        var byManager = caller.Kind == Callers.Manager;
        if (scene.Organisation.Refuses(session.Id.Month) is { } locked)
        {
            return locked;
        }

        if (session.State == SessionState.Cancelled || (session.State == SessionState.Closed && !byManager))
        {
            return SessionLifecycle.NotOpen(session);
        }

        if (request.Remove is { } gone)
        {
            return !byManager ? Refusal.Forbidden("not-allowed")
                : known.Any(f => f is Signed or OnPaper && f.About == gone) ? Refusal.Conflict("learner-signed")
                : new RosterChange(scene.Act.At, scene.Act.By, gone, Expected: false, Funder: null, scene.Act.Reason);
        }

        var added = request.Add!;
        if (added.Correction is null == (session.State == SessionState.Closed))
        {
            return session.State == SessionState.Closed ? SessionLifecycle.NotOpen(session) : Refusal.Conflict("session-not-closed");
        }

        if (await learners.FindAsync(scene.Organisation.Id, added.Learner, cancellation) is null)
        {
            return Refusal.NotFound("learner-not-found");
        }

        var funder = PlainText.Within(added.Funder, EnrolmentPeriod.MaxFunder)?.ToUpperInvariant();
        var own = await enrolments.OfLearnerAsync(scene.Organisation.Id, added.Learner, cancellation);
        if (own.Any(e => e.On(session.Id.Date) is not null))
        {
            funder = null;
        }
        else if (!byManager || funder is null)
        {
            return Refusal.BadInput("funder-missing");
        }

        return new RosterChange(scene.Act.At, scene.Act.By, added.Learner, Expected: true, funder, scene.Act.Reason);
    }

    private async Task<Refusal?> WriteAsync(
        HandScene scene, RosterChange change, IReadOnlyList<Fact> known, CancellationToken cancellation)
    {
        var (organisation, id) = (scene.Organisation.Id, scene.Session.Id);
        var said = known.OfType<Rostered>().Where(r => r.Learner == change.Learner).MaxBy(r => r.At);
        var repeats = said is not null && said.Expected == change.Expected && said.Funder == change.Funder;
        if (!repeats && scene.Session.State == SessionState.Open
            && await facts.AddWhileOpenAsync(organisation, id, new NewFact(change.ToFact()), cancellation) == Addition.NotOpen)
        {
            return Refusal.Conflict("session-closed");
        }

        Stored<Session>? stored = scene.Stored;
        while (stored is not null)
        {
            var last = stored.Value.Roster.LastOrDefault(r => r.Learner == change.Learner);
            if (last is not null && last.Expected == change.Expected && last.Funder == change.Funder)
            {
                await writer.TraceAsync(stored.Value, stored.Value.Roster.Select(Fact (r) => r.ToFact()), cancellation);
                return null;
            }

            var word = repeats ? change with { At = said!.At, By = said.By, Reason = said.Reason } : change;
            var changed = stored.Value with { Roster = [.. stored.Value.Roster, word] };
            if (await sessions.TryReplaceAsync(stored, changed, cancellation))
            {
                await writer.TraceAsync(changed, [word.ToFact()], cancellation);
                return null;
            }

            stored = await sessions.FindAsync(organisation, id, cancellation);
        }

        return Refusal.NotFound("session-not-found");
    }

    private Task<Result<RosterChanged>> CorrectAsync(
        HandScene scene, RosterChange change, AddedCorrection correction, Caller caller, CancellationToken cancellation)
    {
        var request = new CorrectionRequest(
            change.Learner, correction.Mark, scene.Act.Reason!, correction.Minutes, correction.Method);
        return correct.RunAsync(scene.Organisation.Id, scene.Session.Id, request, caller, cancellation).ThenAsync(
            corrected => Task.FromResult<Result<RosterChanged>>(new RosterChanged(change.Learner, true, corrected.Seal)));
    }
}
