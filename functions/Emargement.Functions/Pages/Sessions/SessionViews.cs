using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Sessions;
using Emargement.Web.Sessions;
using Emargement.Web.Signing;

namespace Emargement.Functions.Pages.Sessions;

/// <summary>Sessions in the words of the pages.</summary>
internal static class SessionViews
{
    public static SessionModel Of(OrganisationId organisation, SessionLive live, DateTimeOffset now)
    {
        var session = live.Session;
        return new SessionModel
        {
            Organisation = organisation,
            Id = session.Session,
            Training = TitleOf(session),
            Group = session.Group,
            Module = session.Module,
            Place = PlaceOf(session),
            Start = session.Start,
            End = session.End,
            State = session.State,
            Methods = live.Methods,
            People = [.. live.Learners.Select(Person)],
            LastEdit = live.Edits.Count == 0 ? 0 : live.Edits[^1].N,
            MovedTo = session.MovedTo,
            Unknown = [.. live.Unknown.Select(p => $"{p.LastName} {p.FirstName}")],
            OpensAt = now < session.WindowOpens ? session.WindowOpens : null,
            Closing = live.Closed is { } closed
                ? new ClosingModel(closed.At, closed.HeadCount, closed.SignedCount, closed.Expected, null, null)
                : null,
        };
    }

    public static SignedSessionModel Signed(SessionSummary session) =>
        new(session.Session, TitleOf(session), session.Start, session.End, PlaceOf(session));

    public static string TitleOf(SessionSummary session) => session.Title ?? session.Training.Value;

    public static string? NameOf(Trainer? trainer) => trainer is null ? null : $"{trainer.FirstName} {trainer.LastName}";

    private static string? PlaceOf(SessionSummary session)
    {
        var place = string.Join(", ", new[] { session.Site, session.Room }.Where(p => !string.IsNullOrEmpty(p)));
        return place.Length == 0 ? null : place;
    }

    private static PersonModel Person(LearnerLive learner) => new(
        learner.Learner.Value, Namesakes.Named($"{learner.LastName} {learner.FirstName}", learner.Apart), learner.Status, learner.SignedAt,
        learner.LateMinutes > 0 ? learner.LateMinutes : learner.LeftEarlyMinutes, learner.Method, learner.Reason, learner.HasEmail);
}
