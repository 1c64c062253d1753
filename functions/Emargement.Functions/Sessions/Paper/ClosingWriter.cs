using Azure;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Sessions.Paper;

/// <summary>Who is expected, and what is known, at the moment of closing.</summary>
public sealed record BeforeClosing(IReadOnlyCollection<Reference> Expected, IReadOnlyList<Fact> Known);

/// <summary>
/// Writes a closing: its facts in one transaction with the door's end, so that a signature and the closing never disagree; then the row. A
/// retry, or a second closing, answers with the first one.
/// </summary>
public sealed class ClosingWriter(SessionsTable sessions, FactsTable facts, EnrolmentsTable enrolments, SessionScenes scenes)
{
    /// <summary>Facts of one transaction: one change of the last takes the door away.</summary>
    public const int GroupSize = TableAccess.BatchSize - 1;

    /// <param name="plan">The facts in groups that are each written whole; the last holds the closing.</param>
    /// <param name="drawing">Of whoever closes.</param>
    /// <returns>The closing that stands, or what the plan refuses.</returns>
    public async Task<Result<Closed>> WriteAsync(
        Stored<Session> stored,
        Func<BeforeClosing, Task<Result<IReadOnlyList<IReadOnlyList<Fact>>>>> plan,
        string? drawing,
        CancellationToken cancellation)
    {
        var closed = await WriteFactsAsync(stored.Value, plan, drawing, cancellation);
        if (closed.IsOk)
        {
            await CloseRowAsync(stored, closed.Value, cancellation);
            scenes.Forget(stored.Value);
        }

        return closed;
    }

    private async Task<Result<Closed>> WriteFactsAsync(
        Session session,
        Func<BeforeClosing, Task<Result<IReadOnlyList<IReadOnlyList<Fact>>>>> plan,
        string? drawing,
        CancellationToken cancellation)
    {
        while (true)
        {
            var (known, door) = await facts.BeforeClosingAsync(session.Organisation, session.Id, cancellation);
            if (known.OfType<Closed>().FirstOrDefault() is { } first)
            {
                return first;
            }

            // Whoever changed the planning may have stopped before its facts.
            var keys = known.Select(f => f.Key).ToHashSet();
            var missing = PlanningFacts.Of(session).Where(f => !keys.Contains(f.Key)).ToList();

            // Read now, not from memory: whoever was enrolled a minute ago counts.
            var roster = await enrolments.RosterAsync(
                session.Organisation, session.TrainingRef, session.Groups, session.Id.Date, cancellation);
            var expected = ExpectedPeople.Of(roster.Select(l => l.Learner), session.Roster, known.OfType<Rostered>());
            var planned = await plan(new BeforeClosing(expected, [.. known, .. missing]));
            if (!planned.IsOk)
            {
                return planned.Refusal;
            }

            foreach (var fact in missing)
            {
                await facts.TryInsertAsync(session.Organisation, session.Id, new NewFact(fact), cancellation);
            }

            if (await TryWriteAsync(session, planned.Value, drawing, door, cancellation))
            {
                return planned.Value[^1].OfType<Closed>().Single();
            }
        }
    }

    /// <returns>False when anything happened in the Session meanwhile: read and plan again.</returns>
    private async Task<bool> TryWriteAsync(
        Session session, IReadOnlyList<IReadOnlyList<Fact>> plan, string? drawing, ETag? door, CancellationToken cancellation)
    {
        foreach (var group in plan.SkipLast(1))
        {
            if (!await facts.TryInsertAllAsync(session.Organisation, session.Id, group.Select(f => new NewFact(f)), cancellation))
            {
                return false;
            }
        }

        var last = plan[^1].Select(f => new NewFact(f, f is Closed ? drawing : null));
        return await facts.TryCloseAsync(session.Organisation, session.Id, last, door, cancellation);
    }

    // The facts decide; the row follows, also when an earlier try stopped between the two.
    private async Task CloseRowAsync(Stored<Session> stored, Closed closed, CancellationToken cancellation)
    {
        Stored<Session>? current = stored;
        while (current is not null && Change(current.Value, closed) is { IsOk: true } changed)
        {
            if (await sessions.TryReplaceAsync(current, changed.Value!, cancellation))
            {
                return;
            }

            current = await sessions.FindAsync(stored.Value.Organisation, stored.Value.Id, cancellation);
        }
    }

    private static Result<Session> Change(Session session, Closed closed) =>
        closed.Paper is null ? SessionLifecycle.Close(session, closed.At) : SessionLifecycle.Record(session, closed.At);
}
