using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Sessions;

/// <param name="Signed">For a learner's own list: whether they signed it.</param>
public sealed record DaySession(SessionSummary Session, bool? Signed);

/// <summary>
/// The half-days to sign of now, or of one local day, that concern the caller: a trainer's own, a learner's own, every one for a manager
/// or a machine. Days in a company are declared by the week, so they are not among them.
/// </summary>
public sealed class ListSessionsOfDay(OrganisationSettings organisations, FactsTable facts, SessionScenes scenes)
{
    /// <param name="day">
    /// Null for today, in the organisation's time zone, with what is open of the night before and of the night to come.
    /// </param>
    public async Task<Result<IReadOnlyList<DaySession>>> RunAsync(
        OrganisationId organisation, DateOnly? day, Caller caller, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return settings.Refusal;
        }

        var learner = caller.Kind == Callers.Learner ? caller.Person : null;
        var concerned = learner is { } person
            ? await scenes.DayOfLearnerAsync(settings.Value, person, day, cancellation)
            : await scenes.OfDayAsync(settings.Value, day, cancellation)
                .Where(s => SessionStaff.Check(caller, s) is null)
                .ToListAsync(cancellation);
        var list = new List<DaySession>(concerned.Count);
        foreach (var session in concerned)
        {
            var training = await scenes.TrainingAsync(organisation, session.TrainingRef, cancellation);
            bool? signed = learner is { } signer
                ? (await facts.FindAsync(
                    organisation, session.Id, Domain.Sessions.Signed.PresenceKey(signer), cancellation))?.Fact is Signed
                : null;
            list.Add(new DaySession(SessionSummary.Of(session, training, settings.Value), signed));
        }

        return list;
    }
}
