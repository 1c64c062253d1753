using System.Globalization;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Validation;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Region.Export;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Months.Amendments;

/// <summary>What is to be said of a learner in a half-day of a closed month.</summary>
/// <param name="Minutes">Late, or gone early; else null.</param>
/// <param name="Method"><c>paper</c> when a paper sheet proves the presence.</param>
public sealed record AmendedItem(
    SessionId Session, Reference Learner, AttendanceMark Mark, int? Minutes = null, SigningMethod? Method = null);

/// <param name="Reason">Why all of them are asked for, in words that the Région reads.</param>
public sealed record AmendmentRequest(string? Reason, IReadOnlyList<AmendedItem> Items);

/// <summary>
/// Asks the Région for corrections of a closed month: all of them or none, of learners whom it pays on the day. Of anybody else nothing
/// changes in a closed month, since a new version of a sheet changes what the Région holds of its own learners in that room.
/// </summary>
public sealed class ProposeAmendment(
    MonthsTable months, MonthMoves moves, MonthReader reader, SessionsTable sessions, FactsTable facts, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <returns>The amendment, as the first time when it is said again; or <c>reason-missing</c>, <c>reason-invalid</c>,
    /// <c>reason-names-other</c>, <c>corrections-count</c>, <c>month-not-closed</c>, <c>amendment-pending</c>,
    /// <c>amendment-not-funded</c>, <c>session-not-found</c>, <c>session-not-closed</c>, <c>mark-minutes</c>,
    /// <c>method-not-allowed</c>.</returns>
    public async Task<Result<Amendment>> RunAsync(
        Organisation organisation, YearMonth month, AmendmentRequest request, Caller caller, CancellationToken cancellation)
    {
        if (Statement.Tidy(request.Reason) is not { } reason)
        {
            return Refusal.BadInput("reason-missing");
        }

        var named = request.Items.Select(i => (i.Session, i.Learner)).Distinct().Count();
        if (request.Items.Count is 0 or > Amendment.Most || named < request.Items.Count)
        {
            return Refusal.BadInput("corrections-count", ("most", Amendment.Most.ToString(CultureInfo.InvariantCulture)));
        }

        var before = (await months.FindAsync(organisation.Id, month, cancellation)).Value;
        if (before.Amending is null && before.Propose().Refusal is { } early)
        {
            return early;
        }

        var items = await ItemsAsync(organisation, month, reason, request, cancellation);
        if (!items.IsOk)
        {
            return items.Refusal;
        }

        var asked = new Amendment(
            month, before.Amendments + 1, AmendmentState.Proposed, caller.Id, time.GetUtcNow(), reason, items.Value);
        var under = before.Amending is null ? null
            : await months.AmendmentAsync(organisation.Id, month, before.Amendments, cancellation);
        var again = under?.Repeats(asked) == true;
        var moved = await moves.MoveAsync(
            organisation.Id, month, caller.Id,
            life => again ? MonthMoves.Stay : life.Propose(),
            _ => MonthMoves.Fact(MonthEvent.AmendmentProposed, reason) with { Count = asked.Items.Count },
            cancellation,
            amendment: life => asked with { Number = life.Amendments });
        return moved.Then(life => again ? under! : asked with { Number = life.Amendments });
    }

    private async Task<Result<IReadOnlyList<AmendmentItem>>> ItemsAsync(
        Organisation organisation, YearMonth month, string reason, AmendmentRequest request, CancellationToken cancellation)
    {
        var scope = await reader.ScopeAsync(organisation, month, cancellation);
        var made = new Result<AmendmentItem>[request.Items.Count];
        await Parallel.ForEachAsync(
            request.Items.Index().GroupBy(i => i.Item.Session),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (items, token) =>
            {
                var session = items.Key.Month == month
                    ? (await sessions.FindAsync(organisation.Id, items.Key, token))?.Value
                    : null;
                var known = session is null ? [] : await facts.OfSessionWithoutDrawingsAsync(organisation.Id, items.Key, token);
                foreach (var (index, item) in items)
                {
                    made[index] = session is null ? Refusal.NotFound("session-not-found") : ItemOf(scope, session, known, item, reason);
                }
            });
        return made.FirstOrDefault(m => !m.IsOk) is { Refusal: { } refusal } ? refusal : made.Select(m => m.Value!).ToList();
    }

    private Result<AmendmentItem> ItemOf(
        RegionScope scope, Session session, IReadOnlyList<Fact> known, AmendedItem item, string reason)
    {
        var asked = new CorrectionRequest(item.Learner, item.Mark, reason, item.Minutes, item.Method);
        if ((CorrectAttendance.CheckState(session) ?? CorrectAttendance.CheckWords(session, asked)) is { } refusal)
        {
            return refusal;
        }

        if (scope.FundedIn(session).FirstOrDefault(l => l.Ref == item.Learner) is not { } learner)
        {
            return Refusal.Conflict("amendment-not-funded");
        }

        if (scope.Discreet(reason, session.TrainingRef, learner) != reason)
        {
            return Refusal.BadInput("reason-names-other");
        }

        var about = known.Where(f => f.About == item.Learner).ToList();
        var before = Attendance.Of(session.PlannedMinutes, about);
        var correction = new Corrected
        {
            At = time.GetUtcNow(),
            By = "",
            Learner = item.Learner,
            Mark = item.Mark,
            Minutes = item.Minutes ?? 0,
            Reason = reason,
            Method = item.Method,
        };
        var after = Attendance.Of(session.PlannedMinutes, [.. about, correction]);
        return new AmendmentItem(
            session.Id, session.TrainingRef, item.Learner, item.Mark, item.Minutes ?? 0, item.Method,
            before.Status, before.Done, after.Status, after.Done);
    }
}
