using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Months.Validation;

/// <summary>One thing to accept.</summary>
/// <param name="Learner">Null when it concerns the whole half-day.</param>
public sealed record AcceptedItem(SessionId Session, Reference? Learner = null);

/// <param name="Code">Of the anomaly.</param>
/// <param name="ComputedAt">Of the calculation that showed them.</param>
/// <param name="Reason">5 to 300 characters.</param>
/// <param name="Items">Null with <paramref name="All"/>.</param>
/// <param name="All">All of that calculation, not later ones.</param>
public sealed record AcceptancesRequest(
    string Code, DateTimeOffset ComputedAt, string Reason, IReadOnlyList<AcceptedItem>? Items = null, bool? All = null);

/// <summary>How many were accepted; those that no longer waited are not counted.</summary>
public sealed record AnomaliesAccepted(string Code, int Accepted);

/// <summary>Accepts anomalies of one sort with one reason. What is accepted waits no more, until something new is said of it.</summary>
public sealed class AcceptAnomalies(
    MonthMoves moves, GroupMonthsTable groups, PendingTable pending, MonthMarksTable marks)
{
    private const int MinReason = 5;

    /// <returns>What was accepted; or <c>reason-missing</c>, <c>reason-too-short</c>, <c>reason-invalid</c>, <c>not-acceptable</c>,
    /// <c>month-moved</c>, or why the month no longer changes.</returns>
    public async Task<Result<AnomaliesAccepted>> RunAsync(
        Organisation organisation, YearMonth month, AcceptancesRequest request, Caller caller, CancellationToken cancellation)
    {
        var total = await groups.TotalAsync(organisation.Id, month, cancellation);
        if (CheckReason(request.Reason) is { } reason)
        {
            return reason;
        }

        if (!BlockingRules.IsAcceptable(request.Code))
        {
            return Refusal.Conflict("not-acceptable");
        }

        if (organisation.Refuses(month) is { } closed)
        {
            return closed;
        }

        if (total is null || total.At != request.ComputedAt)
        {
            return Refusal.Conflict("month-moved");
        }

        var asked = (request.Items ?? []).Select(i => (i.Session, i.Learner)).ToHashSet();
        var waiting = (await pending.ListAsync(organisation.Id, month, cancellation))
            .Where(p => p.Code == request.Code && p.Blocks == Blocking.Accepted)
            .Where(p => request.All == true || asked.Contains((p.Session, p.Learner)))
            .ToList();
        foreach (var lot in waiting.Chunk(MonthsTable.MostAccepted))
        {
            if ((await AcceptAsync(organisation.Id, month, request, lot, caller, cancellation)).Refusal is { } refusal)
            {
                return refusal;
            }
        }

        await marks.MarkAsync(organisation.Id, month, cancellation);

        return new AnomaliesAccepted(request.Code, waiting.Count);
    }

    private static Refusal? CheckReason(string reason) => Statement.Tidy(reason) is not { } text ? Refusal.BadInput("reason-missing")
        : text.Length < MinReason ? Refusal.BadInput("reason-too-short")
        : PlainText.Within(text, Statement.MaxReason) is null ? Refusal.BadInput("reason-invalid")
        : null;

    private async Task<Result<MonthLife>> AcceptAsync(
        OrganisationId organisation, YearMonth month, AcceptancesRequest request, PendingItem[] lot, Caller caller,
        CancellationToken cancellation)
    {
        // What was said after the calculation that was read is not accepted with it.
        var reason = PlainText.Of(request.Reason)!;
        var accepted = lot.Select(p => new Acceptance(request.Code, p.Session, p.Learner, reason, caller.Id, request.ComputedAt)).ToList();
        var moved = await moves.MoveAsync(
            organisation, month, caller.Id, life => life.Accept(),
            _ => MonthMoves.Fact(MonthEvent.Accepted, reason) with { Code = request.Code, Count = lot.Length }, cancellation, accepted);
        if (moved.IsOk)
        {
            foreach (var item in lot)
            {
                await pending.RemoveAsync(organisation, item.Id, cancellation);
            }
        }

        return moved;
    }
}
