using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Hand;

/// <summary>What may still change of a Session, by its state: once somebody has signed, its hours are what they signed for; once it is
/// closed, only the attendance is corrected.</summary>
public static class EditRules
{
    /// <param name="signed">Whether anybody has signed: counts only while it is open.</param>
    /// <param name="byManager">Whether a person of the office asks, who may lengthen or cut short what runs.</param>
    /// <returns>Null when it may be.</returns>
    public static Refusal? Check(
        Session session, Session changed, bool signed, bool byManager, Organisation organisation)
    {
        if (organisation.Refuses(session.Id.Month, changed.Id.Month) is { } locked)
        {
            return locked;
        }

        if (session.State is SessionState.Closed or SessionState.Cancelled)
        {
            return SessionLifecycle.NotOpen(session);
        }

        if (session.Modality != changed.Modality && (session.Modality == Modality.Company || changed.Modality == Modality.Company))
        {
            return Refusal.Conflict("session-in-company");
        }

        if (session.State == SessionState.Planned)
        {
            return null;
        }

        return session.Id != changed.Id || session.Modality != changed.Modality ? Refusal.Conflict("session-open")
            : signed && (session.Start != changed.Start || (session.End != changed.End && !byManager)) ? Refusal.Conflict("session-signed")
            : null;
    }

    /// <summary>Null when a Session may be cancelled.</summary>
    public static Refusal? CheckCancelling(Session session, bool signed, Organisation organisation) =>
        organisation.Refuses(session.Id.Month) ?? session.State switch
        {
            SessionState.Closed => SessionLifecycle.NotOpen(session),
            SessionState.Open when signed => Refusal.Conflict("session-signed"),
            _ => null,
        };
}
