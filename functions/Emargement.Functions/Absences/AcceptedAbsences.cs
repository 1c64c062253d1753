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
            .Select(h => h.ToMark(default)),
    ];
}
