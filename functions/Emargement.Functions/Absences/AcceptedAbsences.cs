using Emargement.Domain.Absences;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Absences;

/// <summary>Tells a closing of the absences that were accepted before it.</summary>
public sealed class AcceptedAbsences(AbsencesTable absences) : IAcceptedAbsences
{
    public async Task<IReadOnlyList<Marked>> OfAsync(OrganisationId organisation, SessionId session, CancellationToken cancellation) =>
    [
        .. (await absences.JustifiedAsync(organisation, session.Date, session.Date, cancellation))
            .Where(h => h.At == AbsencePoint.Of(session))
            .Select(h => new Marked
            {
                At = default,
                By = h.By,
                Learner = h.Learner,
                Mark = AttendanceMark.AbsentJustified,
                Reason = AbsenceWords.Of(h.Reason, h.DocumentSeen),
                Claim = h.Absence.Value,
            }),
    ];
}

/// <summary>What facts and sheets say of an accepted absence: never anything of anybody's health.</summary>
internal static class AbsenceWords
{
    public static string Of(AbsenceReason? reason, bool documentSeen) =>
        reason is { Health: false } ? reason.Label : documentSeen ? "Absence justifiée, document vu" : "Absence justifiée";
}
