using System.Globalization;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Months.Validation;

/// <param name="TypedName">The name of who validates, in place of a signature.</param>
/// <param name="ComputedAt">Of the calculation that was read.</param>
public sealed record ValidationRequest(string TypedName, DateTimeOffset ComputedAt);

/// <summary>
/// The organisation says that a month is right. Its settings freeze the month first, then its row says so; the run that follows calculates
/// it again, because other processes may have let something through for half a minute, and sends it or opens it again.
/// </summary>
public sealed class ValidateMonth(
    GroupMonthsTable groups, PendingTable pending, MonthMarksTable marks, ImportLeases imports, MonthMoves moves, MonthFreezer freezer,
    MonthsTable months, TimeProvider time)
{
    private const int MaxName = 100;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <returns>The month validated, also when it was already; or <c>typed-name-invalid</c>, <c>month-not-over</c>,
    /// <c>import-running</c>, <c>month-moved</c>, <c>month-blocked</c>, <c>month-not-funded</c>, <c>month-received</c>,
    /// <c>month-locked</c>.</returns>
    public async Task<Result<MonthLife>> RunAsync(
        Organisation organisation, YearMonth month, ValidationRequest request, Caller caller, CancellationToken cancellation)
    {
        if (PlainText.Within(request.TypedName, MaxName) is not { Length: > 1 } name)
        {
            return Refusal.BadInput("typed-name-invalid");
        }

        var before = (await months.FindAsync(organisation.Id, month, cancellation)).Value;
        if (before.State is MonthState.Validated or MonthState.Sent)
        {
            return before;
        }

        if ((await CheckAsync(organisation, month, request, cancellation)
            ?? before.Validate("").Refusal) is { } refusal)
        {
            return refusal;
        }

        await freezer.AgreeAsync(organisation.Id, month, MonthState.Validated, cancellation);
        var run = Guid.NewGuid().ToString("N");
        var moved = await moves.MoveAsync(
            organisation.Id, month, caller.Id,
            life => life.State == MonthState.Validated ? MonthMoves.Stay : life.Validate(run),
            _ => MonthMoves.Fact(MonthEvent.Validated, name),
            cancellation);

        // Between the settings and the row a sweep may have seen the month open, and opened the settings again.
        if (moved.IsOk)
        {
            await freezer.AgreeAsync(organisation.Id, month, moved.Value.State, cancellation);
        }

        return moved;
    }

    private async Task<Refusal?> CheckAsync(
        Organisation organisation, YearMonth month, ValidationRequest request, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (MonthLife.NotOver(month, organisation.Zone.DateAt(now)) is { } early)
        {
            return early;
        }

        if (organisation.LockedMonths.Contains(month))
        {
            return organisation.Refuses(month);
        }

        if (await imports.HolderAsync(organisation.Id, cancellation) is { } run)
        {
            return Refusal.Conflict("import-running", ("run", run.ToString()));
        }

        var total = await groups.TotalAsync(organisation.Id, month, cancellation);
        if (total is null || total.At != request.ComputedAt || now - total.At > Fresh
            || await marks.FindAsync(organisation.Id, month, cancellation) is not null)
        {
            return Refusal.Conflict("month-moved");
        }

        var blockers = (await pending.ListAsync(organisation.Id, month, cancellation)).Count(p => p.Blocks is not null);
        return total.Counts.FundedLearners == 0 ? Refusal.Conflict("month-not-funded")
            : blockers > 0 ? Refusal.Conflict("month-blocked", ("count", blockers.ToString(CultureInfo.InvariantCulture)))
            : null;
    }
}
