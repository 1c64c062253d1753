using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Access;
using Emargement.Functions.People;

namespace Emargement.Functions.Sessions;

/// <param name="Signed">For a learner's own list: whether they signed it.</param>
public sealed record DaySession(SessionSummary Session, bool? Signed);

/// <summary>The half-days to sign of one local day that concern the caller: a trainer's own, a learner's own, every one for a manager or a machine. Days in a company are
/// declared by the week, so they are not among them.</summary>
public sealed class DayList(OrganisationSettings organisations, SessionsTable sessions, FactsTable facts, EnrolmentsTable enrolments, SessionScenes scenes, TimeProvider time)
{
    /// <param name="day">Null for today, in the organisation's time zone.</param>
    public async Task<Result<IReadOnlyList<DaySession>>> ReadAsync(OrganisationId organisation, DateOnly? day, Caller caller, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        var date = day ?? settings.Value.Zone.DateAt(time.GetUtcNow());
        var learner = caller.Kind == Callers.Learner ? caller.Person : null;
        var concerned = learner is { } person
            ? await OfLearnerAsync(organisation, person, date, cancellation)
            : await sessions.OfDayAsync(organisation, date, cancellation)
                .Select(s => s.Session)
                .Where(s => s.Modality != Modality.Company && SessionStaff.Check(caller, s) is null)
                .ToListAsync(cancellation);
        var list = new List<DaySession>(concerned.Count);
        foreach (var session in concerned)
        {
            var training = await scenes.TrainingAsync(organisation, session.TrainingRef, cancellation);
            bool? signed = learner is { } signer
                ? (await facts.FindAsync(organisation, session.Id, Domain.Sessions.Signed.PresenceKey(signer), cancellation))?.Fact is Signed
                : null;
            list.Add(new DaySession(SessionSummary.Of(session, training, settings.Value), signed));
        }

        return list;
    }

    /// <summary>Sessions of a day in which a learner is expected, cancelled ones left out: two range queries.</summary>
    public async Task<IReadOnlyList<Session>> OfLearnerAsync(OrganisationId organisation, Reference learner, DateOnly day, CancellationToken cancellation)
    {
        var groups = (await enrolments.OfLearnerAsync(organisation, learner, cancellation))
            .Where(e => e.On(day) is not null)
            .Select(e => (e.TrainingRef, e.Group))
            .ToHashSet();
        return groups.Count == 0
            ? []
            : await sessions.OfDayAsync(organisation, day, cancellation)
                .Select(s => s.Session)
                .Where(s => s.State != SessionState.Cancelled && s.Modality != Modality.Company && s.Groups.Any(g => groups.Contains((s.TrainingRef, g))))
                .ToListAsync(cancellation);
    }
}
