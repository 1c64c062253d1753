using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>The days in companies that a planning holds: of its Sessions with modality E, as stored and then as an import changes them.</summary>
public sealed class CompanyDays
{
    private readonly Dictionary<SessionId, (Reference Training, string Group, int Minutes)> _sessions = [];

    /// <summary>Takes note of a stored Session.</summary>
    public void See(Session session)
    {
        if (session is { Modality: Modality.Company, State: not SessionState.Cancelled })
        {
            _sessions[session.Id] = (session.TrainingRef, session.Group, session.PlannedMinutes);
        }
    }

    /// <summary>Takes note of what an import does to a Session.</summary>
    public void Apply(SessionChange change)
    {
        foreach (var touched in change.Touched)
        {
            _sessions.Remove(touched.Session.Id);
        }

        if (change.Planned is { Modality: Modality.Company } planned)
        {
            _sessions[new SessionId(planned.Date, planned.HalfDay, planned.Ref)] = (planned.TrainingRef, planned.Group, (int)(planned.End - planned.Start).TotalMinutes);
        }
    }

    /// <summary>Minutes planned a day, by training and group.</summary>
    public ILookup<(Reference Training, string Group), DayMinutes> ByGroup() => _sessions
        .GroupBy(s => (s.Value.Training, s.Value.Group, s.Key.Date))
        .ToLookup(g => (g.Key.Training, g.Key.Group), g => new DayMinutes(g.Key.Date, g.Sum(s => s.Value.Minutes)));
}
