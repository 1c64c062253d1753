using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Absences.Reasons;

/// <summary>Finds the reason that a mark or a correction names.</summary>
public sealed class StatedReasons(KnownReasons reasons) : IStatedReasons
{
    public async Task<Result<StatedReason>> FindAsync(
        Organisation organisation, SessionId session, Reference learner, AttendanceMark mark, string? code, bool documentSeen,
        CancellationToken cancellation)
    {
        if (code is null)
        {
            return StatedReason.None;
        }

        var proposed = await reasons.ForAsync(organisation, learner, session.Date, session.Date, cancellation);
        var reason = proposed.FirstOrDefault(r => r.Code == code);
        return reason is null || !Fits(reason, mark) ? Refusal.BadInput("reason-code-unknown")
            : reason.DocumentRequired && mark == AttendanceMark.AbsentJustified && !documentSeen ? Refusal.BadInput("document-missing")
            : reason.Health ? new StatedReason(Statement.Discreet(documentSeen), null, null, reason.CountsAsPresence)
            : new StatedReason(reason.Label, reason.Code, reason.FunderCode, reason.CountsAsPresence);
    }

    // Late arrivals and early departures take any reason, and need no document.
    private static bool Fits(AbsenceReason reason, AttendanceMark mark) => mark switch
    {
        AttendanceMark.AbsentJustified => reason.Justified,
        AttendanceMark.AbsentUnjustified => !reason.Justified,
        AttendanceMark.Present => false,
        _ => true,
    };
}
