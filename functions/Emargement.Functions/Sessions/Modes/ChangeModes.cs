using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;

namespace Emargement.Functions.Sessions.Modes;

/// <param name="Month">The first month in which it holds.</param>
/// <param name="Reason">Obligatory where an electronic group goes back to paper.</param>
public sealed record GroupModeRequest(YearMonth Month, SigningMode Mode, string? Reason = null);

/// <param name="FirstElectronic">A month (<c>yyyy-MM</c>), or <c>never</c>.</param>
public sealed record FirstMonthRequest(string FirstElectronic);

/// <param name="FirstElectronic">Of whatever no training or group decided: a month (<c>yyyy-MM</c>), or <c>never</c>.</param>
/// <param name="Trainings">The trainings of a pilot, with theirs.</param>
public sealed record ModesRequest(string FirstElectronic, IReadOnlyList<PilotTraining>? Trainings = null);

public sealed record PilotTraining(Reference Training, string FirstElectronic);

/// <summary>
/// Decides from which month on a group, a training or everybody signs on paper or electronically: for whole months of whole groups, none of
/// which has begun. A half-day that somebody opens in the half minute after it keeps its signatures, and the month says so as an anomaly.
/// </summary>
public sealed class ChangeModes(
    GroupModesTable modes, SessionsTable sessions, TrainingsTable trainings, EnrolmentsTable enrolments, TimeProvider time)
{
    /// <summary>Months back and ahead of now that can be decided.</summary>
    private const int Back = 3, Ahead = 24;

    /// <summary>Trainings of a pilot at most: one transaction writes them, and the organisation's own row.</summary>
    private const int MostTrainings = 99;

    /// <returns>The modes as they are now, or <c>group-unknown</c>, <c>month-invalid</c>, <c>reason-missing</c>, <c>reason-invalid</c>,
    /// <c>month-locked</c>, <c>month-validated</c> or <c>mode-month-begun</c>.</returns>
    public async Task<Result<GroupModes>> OfGroupAsync(
        Organisation organisation, Reference training, string group, GroupModeRequest request, Caller caller,
        CancellationToken cancellation)
    {
        if (!await enrolments.IsGroupAsync(organisation.Id, training, group, cancellation))
        {
            return Refusal.NotFound("group-unknown");
        }

        var known = await modes.NowAsync(organisation.Id, cancellation);
        if (Check(organisation, request, known.Of(training, group, request.Month)) is { } refusal)
        {
            return refusal;
        }

        var row = new GroupModeRow(
            training, group, request.Month, request.Mode, Statement.Tidy(request.Reason), caller.Id, time.GetUtcNow());
        return await ChangeAsync(
            organisation, known, known.With(row), training, () => modes.WriteAsync(organisation.Id, row, cancellation), cancellation);
    }

    /// <returns>The modes as they are now, or <c>training-unknown</c>, <c>month-invalid</c> or <c>mode-month-begun</c>.</returns>
    public async Task<Result<GroupModes>> OfTrainingAsync(
        Organisation organisation, Reference training, FirstMonthRequest request, Caller caller, CancellationToken cancellation) =>
        await FirstsAsync(organisation, [new PilotTraining(training, request.FirstElectronic)], null, caller, cancellation);

    /// <returns>The modes as they are now, or <c>training-unknown</c>, <c>month-invalid</c>, <c>too-many-trainings</c> or
    /// <c>mode-month-begun</c>.</returns>
    public async Task<Result<GroupModes>> OfAllAsync(
        Organisation organisation, ModesRequest request, Caller caller, CancellationToken cancellation) =>
        (request.Trainings?.Count ?? 0) > MostTrainings
            ? Refusal.BadInput("too-many-trainings")
            : await FirstsAsync(organisation, request.Trainings ?? [], request.FirstElectronic, caller, cancellation);

    private async Task<Result<GroupModes>> FirstsAsync(
        Organisation organisation, IReadOnlyList<PilotTraining> pilots, string? everybody, Caller caller,
        CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var decided = new List<FirstElectronicMonth>();
        foreach (var (training, first) in pilots.DistinctBy(p => p.Training).Select(p => ((Reference?)p.Training, p.FirstElectronic))
            .Concat(everybody is null ? [] : [(null, everybody)]))
        {
            if (training is { } known && await trainings.FindAsync(organisation.Id, known, cancellation) is null)
            {
                return Refusal.NotFound("training-unknown");
            }

            if (!TryFirst(organisation, first, out var month))
            {
                return Refusal.BadInput("month-invalid");
            }

            decided.Add(new FirstElectronicMonth(training, month, caller.Id, now));
        }

        var before = await modes.NowAsync(organisation.Id, cancellation);
        return await ChangeAsync(
            organisation,
            before,
            decided.Aggregate(before, (changed, first) => changed.With(first)),
            everybody is null ? pilots[0].Training : null,
            () => modes.WriteAsync(organisation.Id, decided, cancellation),
            cancellation);
    }

    /// <param name="training">The one that it is about; null for all.</param>
    private async Task<Result<GroupModes>> ChangeAsync(
        Organisation organisation, GroupModes before, GroupModes after, Reference? training, Func<Task> write,
        CancellationToken cancellation)
    {
        var (first, last) = (Current(organisation).Plus(-Back).FirstDay, Current(organisation).LastDay);
        var begun = training is { } one
            ? sessions.OfTrainingAsync(organisation.Id, one, first, last, cancellation)
            : sessions.BetweenAsync(organisation.Id, first, last, cancellation).Select(s => s.Value);
        var known = await begun.Where(s => s.State is SessionState.Open or SessionState.Closed && s.Modality != Modality.Company)
            .ToListAsync(cancellation);
        if (before.Check(after, known) is { } refusal)
        {
            return refusal;
        }

        await write();
        return after;
    }

    private Refusal? Check(Organisation organisation, GroupModeRequest request, SigningMode before) =>
        !IsNear(organisation, request.Month) ? Refusal.BadInput("month-invalid")
        : organisation.Refuses(request.Month) is { } closed ? closed
        : Statement.Tidy(request.Reason) is not { } reason
            ? (request.Mode == SigningMode.Paper && before == SigningMode.Electronic ? Refusal.BadInput("reason-missing") : null)
        : PlainText.Within(reason, Statement.MaxReason) is null ? Refusal.BadInput("reason-invalid")
        : null;

    private bool TryFirst(Organisation organisation, string? text, out YearMonth? month)
    {
        month = YearMonth.TryParse(text, out var first) ? first : null;
        return text == "never" || (month is { } known && IsNear(organisation, known));
    }

    private bool IsNear(Organisation organisation, YearMonth month) =>
        month.CompareTo(Current(organisation).Plus(-Back)) >= 0 && month.CompareTo(Current(organisation).Plus(Ahead)) <= 0;

    private YearMonth Current(Organisation organisation) => YearMonth.Of(organisation.Zone.DateAt(time.GetUtcNow()));
}
