using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Months.Validation;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Portal;

/// <param name="Version">That was read.</param>
public sealed record AcknowledgementBody(int Version);

/// <param name="Version">That was read.</param>
/// <param name="Reason">What is to be taken up again; the organisation reads it.</param>
public sealed record ReturnBody(int Version, string Reason);

/// <param name="Reason">Why; the organisation reads it.</param>
public sealed record UnlockBody(string Reason);

/// <summary>What a Région answers to a month that was sent: it has it, it gives it back, it closes it, it opens it again.</summary>
public sealed class AnswerMonth(PortalMonths months, MonthMoves moves, MonthFreezer freezer)
{
    private const int MaxReason = 1_000;

    /// <returns>The month received, as the first time when it was already; or <c>organisation-unknown</c>, <c>export-not-found</c>,
    /// <c>version-provisional</c>, <c>version-superseded</c>, <c>month-not-sent</c>, <c>month-locked</c>.</returns>
    public async Task<Result<PortalMonth>> AcknowledgeAsync(
        PortalPlace place, AcknowledgementBody body, Caller caller, CancellationToken cancellation) =>
        await MoveAsync(
            place,
            found => Check(found, body.Version),
            life => life.State == MonthState.Received && life.Version == body.Version ? MonthMoves.Stay : life.Receive(body.Version),
            MonthMoves.Fact(MonthEvent.Received, version: body.Version),
            caller,
            cancellation);

    /// <returns>The month returned, as the first time when it was already; or as <see cref="AcknowledgeAsync"/>, <c>reason-missing</c>,
    /// <c>reason-invalid</c>.</returns>
    public async Task<Result<PortalMonth>> ReturnAsync(
        PortalPlace place, ReturnBody body, Caller caller, CancellationToken cancellation) =>
        await WithReason(body.Reason, reason => MoveAsync(
            place,
            found => Check(found, body.Version),
            life => life.State == MonthState.Returned && life.Version <= body.Version ? MonthMoves.Stay : life.Return(),
            MonthMoves.Fact(MonthEvent.Returned, reason, body.Version),
            caller,
            cancellation));

    /// <returns>The month closed, also when it was already; or <c>organisation-unknown</c>, <c>month-not-sent</c>.</returns>
    public async Task<Result<PortalMonth>> LockAsync(PortalPlace place, Caller caller, CancellationToken cancellation) =>
        await MoveAsync(
            place,
            _ => null,
            life => life.State == MonthState.Locked ? MonthMoves.Stay : life.Lock(),
            MonthMoves.Fact(MonthEvent.Locked),
            caller,
            cancellation);

    /// <returns>The month returned; or <c>organisation-unknown</c>, <c>reason-missing</c>, <c>reason-invalid</c>,
    /// <c>month-not-closed</c>.</returns>
    public async Task<Result<PortalMonth>> UnlockAsync(
        PortalPlace place, UnlockBody body, Caller caller, CancellationToken cancellation) =>
        await WithReason(body.Reason, reason => MoveAsync(
            place, _ => null, life => life.Unlock(), MonthMoves.Fact(MonthEvent.Unlocked, reason), caller, cancellation));

    private static async Task<Result<PortalMonth>> WithReason(string text, Func<string, Task<Result<PortalMonth>>> act) =>
        PlainText.Of(text) is not { Length: > 0 } reason ? Refusal.BadInput("reason-missing")
        : PlainText.Within(reason, MaxReason) is not { } tidy ? Refusal.BadInput("reason-invalid")
        : await act(tidy);

    /// <summary>Whether this is a version about which something may be said.</summary>
    private static Refusal? Check(PortalVersions found, int version) =>
        found.Find(version) is not { } named ? Refusal.NotFound("export-not-found")
        : ExportManifest.FromJson(named.Manifest).Status.State == ExportStates.Provisional ? Refusal.Conflict("version-provisional")
        : found.Versions[^1].Version > version ? Refusal.Conflict("version-superseded")
        : null;

    private async Task<Result<PortalMonth>> MoveAsync(
        PortalPlace place,
        Func<PortalVersions, Refusal?> check,
        Func<MonthLife, Result<MonthLife>?> move,
        MonthFact fact,
        Caller caller,
        CancellationToken cancellation)
    {
        var found = await months.VersionsAsync(place, cancellation);
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        if (check(found.Value) is { } refusal)
        {
            return refusal;
        }

        var organisation = found.Value.Row.Organisation;
        var moved = await moves.MoveAsync(organisation, place.Month, caller.Id, move, _ => fact, cancellation);
        if (!moved.IsOk)
        {
            return moved.Refusal;
        }

        await freezer.AgreeAsync(organisation, place.Month, moved.Value.State, cancellation);
        return await months.FindAsync(place, cancellation).ThenAsync(now => Task.FromResult<Result<PortalMonth>>(PortalMonth.Of(now)));
    }
}
