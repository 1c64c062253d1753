using Emargement.Domain.People;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Hand;

/// <summary>When a trainer may take over a colleague's Session without asking anybody.</summary>
public static class Takeover
{
    private static readonly TimeSpan Before = TimeSpan.FromMinutes(15);

    /// <summary>What a manager confirms it by: an acceptance of this code, after it.</summary>
    public const string Code = "takeover";

    /// <summary>The act by which the trainer who has it took it over by themselves; null when a manager gave it, or gave it on.</summary>
    public static SessionEdit? Of(Session session) =>
        session.State != SessionState.Cancelled
        && session.Edits.LastOrDefault(e => e.Field == EditedField.Trainer) is { Reason: null } last
        && last.To == session.TrainerRef?.Value
            ? last
            : null;

    public static bool IsOpen(Session session, Organisation organisation, DateTimeOffset now) =>
        session.State == SessionState.Planned
        && session.Modality != Modality.Company
        && organisation.TrainersMayTakeOver
        && organisation.Refuses(session.Id.Month) is null
        && now >= session.Start - Before
        && now <= session.End;
}
