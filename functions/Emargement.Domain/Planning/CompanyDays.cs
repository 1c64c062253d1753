using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning;

/// <summary>
/// The days in companies that a planning holds: of its Sessions with modality E, as stored and then as an import changes them.
/// </summary>
public sealed class CompanyDays
{
    private readonly Dictionary<SessionId, (Reference Training, IReadOnlyList<string> Groups, int Minutes)> _sessions = [];

    /// <summary>Takes note of a stored Session.</summary>
    public void See(Session session)
    {
        if (session is { Modality: Modality.Company, State: not SessionState.Cancelled })
        {
            _sessions[session.Id] = (session.TrainingRef, session.Groups, session.PlannedMinutes);
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
            _sessions[new SessionId(planned.Date, planned.HalfDay, planned.Ref)] =
                (planned.TrainingRef, planned.Groups, (int)(planned.End - planned.Start).TotalMinutes);
        }
    }

    /// <summary>Minutes planned a day, by training and group.</summary>
    public ILookup<(Reference Training, string Group), DayMinutes> ByGroup() => _sessions
        .SelectMany(s => s.Value.Groups.Select(group => (s.Value.Training, Group: group, s.Key.Date, s.Value.Minutes)))
        .GroupBy(s => (s.Training, s.Group, s.Date))
        .ToLookup(g => (g.Key.Training, g.Key.Group), g => new DayMinutes(g.Key.Date, g.Sum(s => s.Minutes)));
}
