using System.Runtime.CompilerServices;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Modes;

namespace Emargement.Functions.Region.Export;

/// <summary>Reads one organisation's month from its partitions, each once, a page at a time.</summary>
public sealed class MonthReader(
    SessionsTable sessions,
    FactsTable facts,
    MonthSheets sheets,
    TrainingsTable trainings,
    TrainersTable trainers,
    LearnersTable learners,
    EnrolmentsTable enrolments,
    GroupModesTable modes)
{
    internal async Task<RegionScope> ScopeAsync(Organisation organisation, YearMonth month, CancellationToken cancellation) =>
        Scope(organisation, month, await PeopleAsync(organisation.Id, cancellation));

    /// <param name="everyone">Whoever pays.</param>
    internal static RegionScope Scope(Organisation organisation, YearMonth month, RegionPeople people, bool everyone = false) =>
        new(organisation, month, people, day => Holidays.On(day, organisation.Holidays) is not null, everyone);

    internal async Task<RegionPeople> PeopleAsync(OrganisationId id, CancellationToken cancellation)
    {
        var (ofTrainings, ofTrainers, ofLearners, ofEnrolments) = (
            trainings.AllAsync(id, cancellation).Select(t => t.Value).ToListAsync(cancellation).AsTask(),
            trainers.AllAsync(id, cancellation).Select(t => t.Value).ToListAsync(cancellation).AsTask(),
            learners.AllAsync(id, cancellation).Select(l => l.Value).ToListAsync(cancellation).AsTask(),
            enrolments.AllAsync(id, cancellation).Select(e => e.Value.Enrolment).ToListAsync(cancellation).AsTask());
        var ofGroups = modes.NowAsync(id, cancellation);
        await Task.WhenAll(ofTrainings, ofTrainers, ofLearners, ofEnrolments, ofGroups);
        return new RegionPeople(await ofTrainings, await ofTrainers, await ofLearners, await ofEnrolments) { Modes = await ofGroups };
    }

    /// <summary>The sessions of each day with their facts: one day is held at a time.</summary>
    internal async IAsyncEnumerable<IReadOnlyList<SessionFacts>> DaysAsync(
        OrganisationId organisation, YearMonth month, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sealedSheets = sheets.OfMonthAsync(organisation, month, cancellation);
        await using var session = sessions.BetweenAsync(organisation, month.FirstDay, month.LastDay, cancellation)
            .GetAsyncEnumerator(cancellation);
        await using var fact = facts.OfMonthAsync(organisation, month, cancellation).GetAsyncEnumerator(cancellation);
        var more = await session.MoveNextAsync();
        var moreFacts = more && await fact.MoveNextAsync();
        var proofs = await sealedSheets;
        while (more)
        {
            var day = session.Current.Value.Id.Date;
            var ofDay = new List<Session>();
            while (more && session.Current.Value.Id.Date == day)
            {
                ofDay.Add(session.Current.Value);
                more = await session.MoveNextAsync();
            }

            // References that start alike sort otherwise in the two tables, so a day's facts are gathered by session, not merged in step.
            var known = new Dictionary<SessionId, List<Fact>>();
            while (moreFacts && fact.Current.Session.Date <= day)
            {
                if (!known.TryGetValue(fact.Current.Session, out var list))
                {
                    known[fact.Current.Session] = list = [];
                }

                list.Add(fact.Current.Fact);
                moreFacts = await fact.MoveNextAsync();
            }

            yield return [.. ofDay.Select(s => new SessionFacts(s, known.GetValueOrDefault(s.Id) ?? [], proofs.GetValueOrDefault(s.Id)))];
        }
    }
}
