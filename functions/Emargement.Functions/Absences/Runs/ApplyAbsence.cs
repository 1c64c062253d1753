using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Absences.Runs;

/// <summary>
/// Says in each half-day that an accepted absence justifies that it does: a correction where it is closed, a mark where it is open; one to
/// come says it when it closes. Done again, it says nothing twice.
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

        var corrected = new List<SessionId>();
        foreach (var halfDay in decision.HalfDays)
        {
            if (await ApplyAsync(settings.Value, absence, decision, halfDay, cancellation))
            {
                corrected.Add(halfDay);
            }
        }

        return corrected;
    }

    // A session that closes between the two is looked at again; a closing reads by itself what was accepted before it.
    private async Task<bool> ApplyAsync(
        Organisation organisation, Absence absence, AbsenceDecision decision, SessionId id, CancellationToken cancellation)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var session = (await sessions.FindAsync(organisation.Id, id, cancellation))?.Value;
            if (session is not { State: SessionState.Open or SessionState.Closed } || organisation.Refuses(id.Month) is not null)
            {
                return false;
            }

            var known = await facts.OfSessionWithoutDrawingsAsync(organisation.Id, id, cancellation);
            var said = known.Where(f => f.About == absence.Learner).ToList();
            if (said.Any(f => f is Signed or OnPaper { IsPresent: true } || (f is Marked mark && mark.Claim == absence.Id.Value)))
            {
                return false;
            }

            var justified = JustifiedHalfDay.Of(absence, decision, AbsencePoint.Of(id));
            if (session.State == SessionState.Closed || known.Any(f => f is Closed))
            {
                if (!said.Any(f => f is Corrected c && c.Claim == absence.Id.Value))
                {
                    var correction = new NewFact(justified.ToCorrection(time.GetUtcNow()));
                    await facts.TryInsertAsync(organisation.Id, id, correction, cancellation);
                }

                return true;
            }

            var mark = new NewFact(justified.ToMark(time.GetUtcNow()));
            if (await facts.AddWhileOpenAsync(organisation.Id, id, mark, cancellation) != Addition.NotOpen)
            {
                return false;
            }
        }

        return false;
    }
}
