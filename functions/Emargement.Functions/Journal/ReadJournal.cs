using System.Runtime.CompilerServices;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Journal;

/// <param name="Continuation">Of the next page; null after the last.</param>
public sealed record JournalPart(IReadOnlyList<AuditEvent> Items, string? Continuation);

/// <summary>
/// Reads an organisation's journal: all of it, or what concerns one person, one session, or whoever acted. Of a session, the facts stand
/// among the events: they are their own audit, and are copied nowhere.
/// </summary>
public sealed class ReadJournal(AuditTable table, FactsTable facts, TimeProvider time)
{
    public const int PageSize = 200;

    /// <summary>Rows of a file at most.</summary>
    public const int MostRows = 50_000;

    public async Task<JournalPart> RunAsync(
        Organisation organisation, JournalQuery query, CancellationToken cancellation, int most = PageSize)
    {
        var items = await EventsAsync(organisation, query, cancellation).Take(most + 1).ToListAsync(cancellation);
        return items.Count > most
            ? new JournalPart(items[..most], items[most - 1].Row)
            : new JournalPart(items, null);
    }

    private IAsyncEnumerable<AuditEvent> EventsAsync(Organisation organisation, JournalQuery query, CancellationToken cancellation)
    {
        var (scope, from, to) = (
            organisation.Id.Value, StartOf(query.From), StartOf(query.To.AddDays(1)));
        return query.Question is { } question
            ? OfQuestionAsync(organisation, question, from, to, query.After, cancellation)
            : table.BetweenAsync(scope, from, to, query.After, cancellation);

        DateTimeOffset StartOf(DateOnly day) => organisation.Zone.ToInstant(day, TimeOnly.MinValue);
    }

    // What has no copies yet is read where it was written; what has them meanwhile is not told twice.
    private async IAsyncEnumerable<AuditEvent> OfQuestionAsync(
        Organisation organisation,
        AuditQuestion question,
        DateTimeOffset from,
        DateTimeOffset to,
        string? after,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var scope = organisation.Id.Value;
        var copied = await table.CopiedUntilAsync(scope, cancellation) - CompleteAudit.Overlap;
        var since = copied ?? time.GetUtcNow() - CompleteAudit.FirstReach;
        var newest = await table.BetweenAsync(scope, since > from ? since : from, to, after, cancellation)
            .Where(question.IsAnsweredBy)
            .ToListAsync(cancellation);
        var beside = new Queue<AuditEvent>(newest
            .Concat(await FactsAsync(organisation.Id, question, from, to, after, cancellation))
            .OrderBy(e => e.Row, StringComparer.Ordinal));
        var told = newest.Select(e => e.Row).ToHashSet();
        await foreach (var kept in table.OfAsync(scope, question, from, to, after, cancellation))
        {
            while (beside.TryPeek(out var first) && string.CompareOrdinal(first.Row, kept.Row) < 0)
            {
                yield return beside.Dequeue();
            }

            if (!told.Contains(kept.Row))
            {
                yield return kept;
            }
        }

        while (beside.TryDequeue(out var last))
        {
            yield return last;
        }
    }

    private async Task<IEnumerable<AuditEvent>> FactsAsync(
        OrganisationId organisation,
        AuditQuestion question,
        DateTimeOffset from,
        DateTimeOffset to,
        string? after,
        CancellationToken cancellation)
    {
        if (question.Letter != AuditQuestion.SessionLetter || !SessionId.TryParse(question.Of, out var session))
        {
            return [];
        }

        var known = await facts.OfSessionWithoutDrawingsAsync(organisation, session, cancellation);
        return known.Select((fact, number) => EventOf(organisation, session, fact, number))
            .Where(e => e.At >= from && e.At < to && (after is null || string.CompareOrdinal(e.Row, after) > 0));
    }

    private static AuditEvent EventOf(OrganisationId organisation, SessionId session, Fact fact, int number) => new(
        organisation.Value,
        fact.At,
        fact is Corrected ? AuditKind.Correction : AuditKind.Fact,
        fact.GetType().Name,
        fact.By,
        fact.About is { } learner ? $"learner:{learner.Key}" : null,
        session.ToString(),
        null,
        string.Empty,
        AuditEvent.Done,
        null)
    {
        Row = AuditTable.RowOf(fact.At, number),
    };
}
