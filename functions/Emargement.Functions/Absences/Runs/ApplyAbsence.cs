using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Absences.Runs;

/// <summary>
/// Says in each half-day that an accepted absence justifies that it does, and takes it back where the decision was undone: a correction
/// where it is closed, a mark where it is open; one to come says it when it closes. Done again, it says nothing twice.
/// </summary>
public sealed class ApplyAbsence(
    AbsencesTable absences, OrganisationSettings organisations, SessionsTable sessions, FactsTable facts, TimeProvider time)
{
    private const int MostTurns = 3;

    /// <returns>The half-days that are closed, whose sheets say too little now.</returns>
    public async Task<IReadOnlyList<SessionId>> RunAsync(OrganisationId organisation, AbsenceId id, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk || (await absences.FindAsync(organisation, id, cancellation))?.Value is not { Decision: { } decision } absence)
        {
            return [];
        }

        var said = decision.HalfDays.Select(id => (Id: id, Says: JustifiedHalfDay.Of(absence, decision, AbsencePoint.Of(id))))
            .Concat(absence.Unsaid.Select(id => (Id: id, Says: JustifiedHalfDay.OfUndone(absence, decision, AbsencePoint.Of(id)))));
        var corrected = new List<SessionId>();
        foreach (var (halfDay, says) in said)
        {
            if (await ApplyAsync(settings.Value, says, halfDay, cancellation))
            {
                corrected.Add(halfDay);
            }
        }

        return corrected;
    }

    // A session that closes between the two is looked at again; a closing reads by itself what was accepted before it.
    private async Task<bool> ApplyAsync(Organisation organisation, JustifiedHalfDay says, SessionId id, CancellationToken cancellation)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var session = (await sessions.FindAsync(organisation.Id, id, cancellation))?.Value;
            if (session is not { State: SessionState.Open or SessionState.Closed } || organisation.Refuses(id.Month) is not null)
            {
                return false;
            }

            var known = await facts.OfSessionWithoutDrawingsAsync(organisation.Id, id, cancellation);
            var about = known.Where(f => f.About == says.Learner).ToList();
            var last = about.Where(f => ClaimOf(f) == says.Absence.Value).MaxBy(f => f.At);
            if (about.Any(f => f is Signed or OnPaper { IsPresent: true }) || (says.IsUndone && !StandsBy(session, about, says.Absence)))
            {
                return false;
            }

            var isSaid = last is not null && says.IsSaidBy(last);
            if (session.State == SessionState.Closed || known.Any(f => f is Closed))
            {
                return (isSaid && last is Corrected) || (!isSaid && await CorrectAsync(organisation.Id, id, says, cancellation));
            }

            var mark = new NewFact(says.ToMark(time.GetUtcNow()));
            if (isSaid || await facts.AddWhileOpenAsync(organisation.Id, id, mark, cancellation) != Addition.NotOpen)
            {
                return false;
            }
        }

        return false;
    }

    private async Task<bool> CorrectAsync(
        OrganisationId organisation, SessionId id, JustifiedHalfDay says, CancellationToken cancellation)
    {
        await facts.TryInsertAsync(organisation, id, new NewFact(says.ToCorrection(time.GetUtcNow())), cancellation);
        return true;
    }

    // What a person has said since is not taken back with the decision.
    private static bool StandsBy(Session session, IEnumerable<Fact> about, AbsenceId absence) =>
        Attendance.Of(session.PlannedMinutes, about).Claim == absence.Value;

    private static string? ClaimOf(Fact fact) => fact switch
    {
        Marked mark => mark.Claim,
        Corrected correction => correction.Claim,
        _ => null,
    };
}
