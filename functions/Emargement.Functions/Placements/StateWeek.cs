using System.Globalization;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Signing;
using Emargement.Functions.Placements.Workflow;
using Emargement.Functions.Platform.Access;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Placements;

/// <summary>What a learner says of a week, on their own device or on the organisation's.</summary>
public sealed class StateWeek(PlacementFiles files, PlacementWaker waker, TimeProvider time)
{
    public async Task<Result<PlacementFile>> DeclareAsync(
        PlacementRoute route, IsoWeek week, DeclareRequest request, Caller caller, string network, DurableTaskClient client, CancellationToken cancellation)
    {
        var mark = SignatureMark.Parse(request.Drawing, request.TypedName, wanted: true);
        if (!mark.IsOk)
        {
            return mark.Refusal;
        }

        var days = new List<DayDeclaration>();
        foreach (var day in request.Days)
        {
            var read = Read(day);
            if (!read.IsOk)
            {
                return read.Refusal;
            }

            days.Add(read.Value);
        }

        var signature = new FactSignature(mark.Value.Drawing?.Sha256, mark.Value.TypedName, network);
        return await AddAsync(
            route,
            caller,
            (file, now) =>
            {
                var declared = LearnerStatements.Declare(file.State, file.Calendar, week, days, signature, caller.Id, file.Clock.DateAt(now), now);
                return declared.IsOk ? new NewPlacementFact(declared.Value, mark.Value.Drawing?.Path) : declared.Refusal;
            },
            client,
            cancellation);
    }

    public Task<Result<PlacementFile>> MaintainAsync(
        PlacementRoute route, IsoWeek week, MaintainRequest request, Caller caller, DurableTaskClient client, CancellationToken cancellation) =>
        AddAsync(
            route,
            caller,
            (file, now) =>
            {
                var maintained = LearnerStatements.Maintain(file.State, week, request.Days, request.Comment, caller.Id, now);
                return maintained.IsOk ? new NewPlacementFact(maintained.Value) : maintained.Refusal;
            },
            client,
            cancellation);

    private async Task<Result<PlacementFile>> AddAsync(
        PlacementRoute route,
        Caller caller,
        Func<PlacementFile, DateTimeOffset, Result<NewPlacementFact>> state,
        DurableTaskClient client,
        CancellationToken cancellation)
    {
        var file = await files.ReadAsync(route.Organisation, route.Placement, cancellation);
        if (!file.IsOk || PlacementPeople.Check(caller, file.Value) is not null)
        {
            return file.Refusal ?? PlacementPeople.Check(caller, file.Value!)!;
        }

        var fact = state(file.Value, time.GetUtcNow());
        if (!fact.IsOk)
        {
            return fact.Refusal;
        }

        var added = await files.AddAsync(file.Value, [fact.Value], cancellation);
        if (!added.IsOk)
        {
            return added.Refusal;
        }

        await waker.WakeAsync(client, route.Organisation, route.Placement, cancellation);
        return await files.ReadAsync(route.Organisation, route.Placement, cancellation);
    }

    private static Result<DayDeclaration> Read(DayRequest day)
    {
        var wrong = Refusal.BadInput("declaration-times-incomplete", ("day", day.Date.ToString("O", CultureInfo.InvariantCulture)));
        if (day.Absence is { } absence)
        {
            return day.Start is null && day.End is null && (day.Minutes ?? 0) == 0 ? DayDeclaration.Absent(day.Date, absence) : wrong;
        }

        if (day.Start is null && day.End is null)
        {
            return day.Minutes is { } minutes && day.BreakMinutes is null ? DayDeclaration.Worked(day.Date, minutes) with { HolidayConfirmed = day.HolidayConfirmed } : wrong;
        }

        return day.Minutes is null
            && TimeOnly.TryParseExact(day.Start, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            && TimeOnly.TryParseExact(day.End, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
            ? DayDeclaration.Between(day.Date, start, end, day.BreakMinutes ?? 0) with { HolidayConfirmed = day.HolidayConfirmed }
            : wrong;
    }
}

/// <summary>Who may see and state what.</summary>
internal static class PlacementPeople
{
    /// <summary>A learner only their own placement; the organisation's staff and machines any.</summary>
    public static Refusal? Check(Caller caller, PlacementFile file) =>
        caller.Kind == Callers.Learner && caller.Person != file.State.Placement.LearnerRef ? Refusal.Forbidden("not-your-placement") : null;
}
