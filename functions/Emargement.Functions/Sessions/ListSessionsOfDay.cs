using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions.Listing;

namespace Emargement.Functions.Sessions;

/// <param name="Signed">For a learner's own list: whether they signed it.</param>
public sealed record DaySession(SessionSummary Session, bool? Signed);

/// <summary>
/// The half-days to sign of now, or of one local day, that concern the caller: a trainer's own, a learner's own, every one for a manager
/// or a machine. Days in a company are declared by the week, so they are not among them.
/// </summary>
public sealed class ListSessionsOfDay(
    OrganisationSettings organisations, FactsTable facts, SessionScenes scenes, CountSessions count)
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

        return caller is { Kind: Callers.Learner, Person: { } learner }
            ? await OfLearnerAsync(settings.Value, learner, day, cancellation)
            : await OfStaffAsync(settings.Value, caller, day, cancellation);
    }

    private async Task<List<DaySession>> OfLearnerAsync(
        Organisation organisation, Reference learner, DateOnly? day, CancellationToken cancellation)
    {
        var list = new List<DaySession>();
        foreach (var session in await scenes.DayOfLearnerAsync(organisation, learner, day, cancellation))
        {
            var presence = await facts.FindAsync(
                organisation.Id, session.Id, Domain.Sessions.Signed.PresenceKey(learner), cancellation);
            list.Add(new DaySession(
                await SummaryAsync(organisation, session, cancellation), presence?.Fact is Signed or OnPaper { IsPresent: true }));
        }

        return list;
    }

    private async Task<List<DaySession>> OfStaffAsync(
        Organisation organisation, Caller caller, DateOnly? day, CancellationToken cancellation)
    {
        var read = new List<(Stored<Session>, SessionSummary)>();
        await foreach (var stored in scenes.OfDayAsync(organisation, day, cancellation))
        {
            if (SessionStaff.Check(caller, stored.Value) is null)
            {
                read.Add((stored, await SummaryAsync(organisation, stored.Value, cancellation)));
            }
        }

        return [.. (await count.RunAsync(organisation.Id, read, cancellation)).Select(s => new DaySession(s, null))];
    }

    private async Task<SessionSummary> SummaryAsync(Organisation organisation, Session session, CancellationToken cancellation) =>
        SessionSummary.Of(session, await scenes.TrainingAsync(organisation.Id, session.TrainingRef, cancellation), organisation);
}
