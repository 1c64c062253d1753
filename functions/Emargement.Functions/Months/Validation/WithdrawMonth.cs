using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Months.Validation;

/// <param name="Reason">Why; never empty.</param>
public sealed record MonthReason(string Reason);

/// <summary>Takes a validated month up again, or closes one that was sent, where the Région acknowledges nothing here.</summary>
public sealed class WithdrawMonth(MonthMoves moves, MonthFreezer freezer, KnownRegions regions)
{
    /// <returns>The month open; or <c>reason-missing</c>, <c>reason-invalid</c>, <c>month-not-validated</c>, <c>month-received</c>,
    /// <c>month-locked</c>.</returns>
    public async Task<Result<MonthLife>> RunAsync(
        Organisation organisation, YearMonth month, MonthReason request, Caller caller, CancellationToken cancellation)
    {
        if (Statement.Tidy(request.Reason) is not { } reason)
        {
            return Refusal.BadInput("reason-missing");
        }

        if (PlainText.Within(reason, Statement.MaxReason) is null)
        {
            return Refusal.BadInput("reason-invalid");
        }

        return await AgreedAsync(organisation.Id, await moves.MoveAsync(
            organisation.Id, month, caller.Id, life => life.Withdraw(), _ => MonthMoves.Fact(MonthEvent.Withdrawn, reason), cancellation),
            cancellation);
    }

    /// <returns>The month locked, also when it was already; or <c>month-not-sent</c>, <c>region-closes</c>.</returns>
    public async Task<Result<MonthLife>> LockAsync(
        Organisation organisation, YearMonth month, Caller caller, CancellationToken cancellation) =>
        RegionCode.TryParse(organisation.Region, out var region) && (await regions.OfAsync(region, cancellation)).Answers
        ? Refusal.Conflict("region-closes")
        : await AgreedAsync(organisation.Id, await moves.MoveAsync(
            organisation.Id, month, caller.Id,
            life => life.State == MonthState.Locked ? MonthMoves.Stay : life.Lock(),
            _ => MonthMoves.Fact(MonthEvent.Locked),
            cancellation), cancellation);

    private async Task<Result<MonthLife>> AgreedAsync(
        OrganisationId organisation, Result<MonthLife> moved, CancellationToken cancellation)
    {
        if (moved.IsOk)
        {
            await freezer.AgreeAsync(organisation, moved.Value.Month, moved.Value.State, cancellation);
        }

        return moved;
    }
}
