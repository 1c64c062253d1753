using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Web.Platform;
using Emargement.Web.Sessions.Hand;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>Makes the page on which somebody is added to a Session's list, or taken off it: one range of its facts, one of the training's
/// enrolments.</summary>
public sealed class ShowSessionPeople(WatchSession watch, EnrolmentsTable enrolments)
{
    public async Task<Result<SessionPeopleModel>> RunAsync(
        Organisation organisation, SessionId id, Caller caller, ReturnedForm? returned, CancellationToken cancellation)
    {
        var live = await watch.RunAsync(organisation.Id, id, caller, cancellation);
        if (!live.IsOk)
        {
            return live.Refusal;
        }

        var session = live.Value.Session;
        var listed = live.Value.Learners.Select(l => l.Learner).ToHashSet();
        var candidates = await enrolments.OfTrainingAsync(organisation.Id, session.Training, cancellation)
            .Select(e => e.Value)
            .Where(e => !listed.Contains(e.Enrolment.LearnerRef) && e.Enrolment.On(session.Date) is not null)
            .Select(e => new ChoiceModel(
                e.Enrolment.LearnerRef.Value, $"{e.LastName} {e.FirstName} ({e.Enrolment.Group}, {e.Enrolment.LearnerRef})"))
            .Distinct()
            .ToListAsync(cancellation);
        return new SessionPeopleModel(
            organisation.Id,
            id,
            SessionViews.TitleOf(session),
            session.Group,
            session.State == SessionState.Closed,
            caller.Kind == Callers.Manager,
            [.. candidates.OrderBy(c => c.Label, StringComparer.InvariantCultureIgnoreCase)],
            [.. live.Value.Learners.Where(l => l.SignedAt is null)
                .Select(l => new ChoiceModel(l.Learner.Value, Namesakes.Named($"{l.LastName} {l.FirstName}", l.Apart)))],
            returned);
    }
}
