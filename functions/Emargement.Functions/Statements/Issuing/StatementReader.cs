using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Domain.Statements;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Region.Export;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Records;

namespace Emargement.Functions.Statements.Issuing;

/// <summary>What statements of some learners are made from, reckoned.</summary>
public sealed record StatementSource(
    Organisation Organisation,
    StatementSpan Span,
    IReadOnlyDictionary<Reference, Learner> Learners,
    IReadOnlyDictionary<Reference, Training> Trainings,
    Reckoning Reckoning,
    IReadOnlyDictionary<SessionId, SheetRecord> Sheets);

/// <summary>
/// Reads what some learners did between two days: the sessions of each month, a page at a time, then the facts of those in which one of
/// them is expected, and nobody else's.
/// </summary>
public sealed class StatementReader(
    SessionsTable sessions,
    FactsTable facts,
    SheetsTable sheets,
    EnrolmentsTable enrolments,
    LearnersTable learners,
    TrainersTable trainers,
    TrainingsTable trainings,
    PlacementWeeks placements)
{
    private const int AtOnce = 8;

    public async Task<StatementSource> ReadAsync(
        Organisation organisation, IReadOnlyCollection<Reference> people, StatementSpan span, CancellationToken cancellation)
    {
        var read = await PeopleAsync(organisation.Id, people, cancellation);
        var (reckoning, used) = (new Reckoning(), new Dictionary<SessionId, SheetRecord>());
        foreach (var month in span.Months)
        {
            var scope = MonthReader.Scope(organisation, month, read, everyone: true);
            var expected = await SessionsAsync(organisation.Id, month, span, scope, people, cancellation);
            var proofs = expected.Count == 0 ? [] : await SheetsAsync(organisation.Id, month, expected, cancellation);
            var days = (await FactsAsync(organisation.Id, expected, proofs, cancellation)).GroupBy(s => s.Session.Id.Date);
            var weeks = await placements.OfMonthAsync(
                organisation.Id,
                month,
                (line, day) => people.Contains(line.Learner) && span.Contains(day)
                    && scope.IsFunded(line.Training, line.Group, line.Learner, day),
                cancellation);
            reckoning.Read(scope, days.Select(day => day.ToList()), weeks);
            proofs.ToList().ForEach(p => used[p.Key] = p.Value);
        }

        return new StatementSource(
            organisation, span, read.Learners.ToDictionary(l => l.Ref), read.Trainings.ToDictionary(t => t.Ref), reckoning, used);
    }

    private async Task<RegionPeople> PeopleAsync(
        OrganisationId organisation, IReadOnlyCollection<Reference> people, CancellationToken cancellation)
    {
        var (known, enrolled) = (new List<Learner>(), new List<Enrolment>());
        foreach (var person in people)
        {
            enrolled.AddRange(await enrolments.OfLearnerAsync(organisation, person, cancellation));
            if (await learners.FindAsync(organisation, person, cancellation) is { Value: var learner })
            {
                known.Add(learner);
            }
        }

        return new RegionPeople(
            await trainings.AllAsync(organisation, cancellation).Select(t => t.Value).ToListAsync(cancellation),
            await trainers.AllAsync(organisation, cancellation).Select(t => t.Value).ToListAsync(cancellation),
            known,
            enrolled);
    }

    private async Task<List<Session>> SessionsAsync(
        OrganisationId organisation, YearMonth month, StatementSpan span, RegionScope scope, IReadOnlyCollection<Reference> people,
        CancellationToken cancellation)
    {
        var first = month.FirstDay > span.First ? month.FirstDay : span.First;
        var last = month.LastDay < span.Last ? month.LastDay : span.Last;
        return await sessions.BetweenAsync(organisation, first, last, cancellation)
            .Select(s => s.Value)
            .Where(s => s.State != SessionState.Cancelled && scope.FundedIn(s).Any(f => people.Contains(f.Ref)))
            .ToListAsync(cancellation);
    }

    private async Task<Dictionary<SessionId, SheetRecord>> SheetsAsync(
        OrganisationId organisation, YearMonth month, List<Session> expected, CancellationToken cancellation)
    {
        // Versions come in order: the last one of each session stands.
        var (wanted, latest) = (expected.Select(s => s.Id).ToHashSet(), new Dictionary<SessionId, SheetRecord>());
        await foreach (var sheet in sheets.OfMonthAsync(organisation, month, cancellation))
        {
            if (wanted.Contains(sheet.Value.Session))
            {
                latest[sheet.Value.Session] = sheet.Value;
            }
        }

        return latest;
    }

    private async Task<SessionFacts[]> FactsAsync(
        OrganisationId organisation, List<Session> expected, Dictionary<SessionId, SheetRecord> proofs, CancellationToken cancellation)
    {
        var read = new SessionFacts[expected.Count];
        await Parallel.ForEachAsync(
            expected.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (item, token) =>
            {
                var (index, session) = item;
                var proof = proofs.TryGetValue(session.Id, out var sheet)
                    ? new SheetProofOf(SheetBlobs.PdfName(organisation, session.Id, sheet.Version), sheet.Sha256) { Facts = sheet.Facts }
                    : null;
                read[index] = new SessionFacts(
                    session, await facts.OfSessionWithoutDrawingsAsync(organisation, session.Id, token), proof);
            });
        return read;
    }
}
