using Azure;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Signing;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Sessions;

/// <param name="HeadCount">People that the trainer counts in the room.</param>
/// <param name="Drawing">SVG path of the trainer's signature; this or a typed name.</param>
public sealed record CloseRequest(int HeadCount, string? Drawing = null, string? TypedName = null);

/// <summary>
/// Closes a Session: one transaction inserts the closing and a "not signed" for everybody who did not, and takes the door away, so that a
/// signature and the closing never disagree. A retry, or a second closing, answers with the first one.
/// </summary>
public sealed class CloseSession(
    SessionsTable sessions, FactsTable facts, EnrolmentsTable enrolments, SessionScenes scenes, IAcceptedAbsences absences,
    TimeProvider time)
{
    private const int MaxHeadCount = 1000;

    // One change of the last transaction takes the door away.
    private const int GroupSize = TableAccess.BatchSize - 1;

    /// <returns>The closing that stands, or why there is none.</returns>
    public async Task<Result<Recorded<Closed>>> RunAsync(
        OrganisationId organisation, SessionId id, CloseRequest request, string network, Caller caller, CancellationToken cancellation)
    {
        if (request.HeadCount is < 0 or > MaxHeadCount)
        {
            return Refusal.BadInput("head-count-invalid");
        }

        var mark = SignatureMark.Parse(request.Drawing, request.TypedName, wanted: true);
        if (!mark.IsOk)
        {
            return mark.Refusal;
        }

        if (await sessions.FindAsync(organisation, id, cancellation) is not { } stored)
        {
            return Refusal.NotFound("session-not-found");
        }

        if (SessionStaff.Check(caller, stored.Value) is { } notYours)
        {
            return notYours;
        }

        if (stored.Value.State is SessionState.Planned or SessionState.Cancelled)
        {
            return SessionLifecycle.NotOpen(stored.Value);
        }

        var closing = ToFact(request.HeadCount, mark.Value, network, caller);
        var closed = await WriteFactsAsync(stored.Value, closing, mark.Value.Drawing?.Path, cancellation);
        await CloseRowAsync(stored, closed, cancellation);
        scenes.Forget(stored.Value);
        return new Recorded<Closed>(closed, SealRequested.Of(organisation, id));
    }

    private Closed ToFact(int headCount, SignatureMark mark, string network, Caller caller) => new()
    {
        At = time.GetUtcNow(),
        By = caller.Id,
        HeadCount = headCount,
        Expected = 0,
        SignedCount = 0,
        Network = network,
        DrawingSha256 = mark.Drawing?.Sha256,
        TypedName = mark.TypedName,
    };

    private async Task<Closed> WriteFactsAsync(Session session, Closed closing, string? drawing, CancellationToken cancellation)
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
            foreach (var fact in missing)
            {
                await facts.TryInsertAsync(session.Organisation, session.Id, new NewFact(fact), cancellation);
            }

            // Read now, not from memory: whoever was enrolled a minute ago counts.
            var roster = await enrolments.RosterAsync(
                session.Organisation, session.TrainingRef, session.Groups, session.Id.Date, cancellation);
            var expected = ExpectedPeople.Of(roster.Select(l => l.Learner), session.Roster, known.OfType<Rostered>());
            var signed = known.OfType<Signed>().Select(s => s.Learner).ToHashSet();
            var plan = Closing.Plan(
                closing with { At = time.GetUtcNow() },
                session.OpenedAt,
                expected,
                [.. known, .. missing],
                GroupSize,
                expected.All(signed.Contains) ? [] : await absences.OfAsync(session.Organisation, session.Id, cancellation));
            if (await TryWriteAsync(session, plan, drawing, door, cancellation))
            {
                return plan[^1].OfType<Closed>().Single();
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
        while (current is not null && SessionLifecycle.Close(current.Value, closed.At) is { IsOk: true } changed)
        {
            if (await sessions.TryReplaceAsync(current, changed.Value!, cancellation))
            {
                return;
            }

            current = await sessions.FindAsync(stored.Value.Organisation, stored.Value.Id, cancellation);
        }
    }
}
