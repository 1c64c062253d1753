using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Absences;

/// <summary>A half-day that an absence covers.</summary>
/// <param name="Attendance">What the record says of the learner now; null before it is opened.</param>
/// <param name="Signed">Whether the learner signed: then it is never justified.</param>
public sealed record CoveredHalfDay(Session Session, Attendance? Attendance, bool Signed);

/// <summary>Finds the half-days that an absence covers. Those in a company have a justification of their own.</summary>
public sealed class AbsenceHalfDays(SessionsTable sessions, EnrolmentsTable enrolments, FactsTable facts)
{
    /// <summary>Those in which the learner is expected: a range of enrolments, and one a month.</summary>
    public async Task<IReadOnlyList<Session>> FindAsync(
        OrganisationId organisation, Reference learner, AbsenceSpan span, CancellationToken cancellation)
    {
        var enrolled = await enrolments.OfLearnerAsync(organisation, learner, cancellation);
        return await sessions.BetweenAsync(organisation, span.First.Date, span.Last.Date, cancellation)
            .Select(s => s.Value)
            .Where(s => span.Covers(s.Id) && s.State != SessionState.Cancelled && s.Modality != Modality.Company)
            .Where(s => SessionScenes.IsExpected(s, learner, enrolled))
            .ToListAsync(cancellation);
    }

    /// <summary>As <see cref="FindAsync"/>, with what the record says: a range more for each that was opened.</summary>
    public async Task<IReadOnlyList<CoveredHalfDay>> ReadAsync(
        OrganisationId organisation, Reference learner, AbsenceSpan span, CancellationToken cancellation) =>
        await Task.WhenAll((await FindAsync(organisation, learner, span, cancellation)).Select(async session =>
        {
            if (session.State == SessionState.Planned)
            {
                return new CoveredHalfDay(session, null, Signed: false);
            }

            var known = (await facts.OfSessionWithoutDrawingsAsync(organisation, session.Id, cancellation))
                .Where(f => f.About == learner).ToList();
            var attendance = Attendance.Of(session.PlannedMinutes, known);
            return new CoveredHalfDay(session, attendance, known.Any(f => f is Signed) || attendance.Done > 0);
        }));
}
