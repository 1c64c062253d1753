using Emargement.Domain.People;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Hand;

/// <summary>When a trainer may take over a colleague's Session without asking anybody.</summary>
public static class Takeover
{
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(15);

    public static bool IsOpen(Session session, Organisation organisation, DateTimeOffset now) =>
        session.State == SessionState.Planned
        && session.Modality != Modality.Company
        && organisation.TrainersMayTakeOver
        && organisation.Refuses(session.Id.Month) is null
        && now >= session.Start - Before
        && now <= session.End;
}
