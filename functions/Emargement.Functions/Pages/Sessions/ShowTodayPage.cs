using System.Globalization;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Sessions;

/// <summary><c>GET o/{org}/today?date=</c>: the sessions of a day, with how many signed and what needs a hand.</summary>
public sealed class ShowTodayPage(OrganisationSettings organisations, DayList days, LiveView live, TrainersTable trainers, PlacementsTable placements, TimeProvider time)
{
    [Function("ShowTodayPage")]
    [Access(Callers.Trainer | Callers.Manager)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/today")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(org, cancellation);
        if (!organisation.IsOk)
        {
            return await request.RefusalPageAsync(null, organisation.Refusal);
        }

        var (caller, id) = (request.Caller(), organisation.Value.Id);
        var today = organisation.Value.Zone.DateAt(time.GetUtcNow());
        var date = DateOnly.TryParseExact(request.Query["date"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : today;
        var list = await days.ReadAsync(id, date, caller, cancellation);
        if (!list.IsOk)
        {
            return await request.RefusalPageAsync(organisation.Value, list.Refusal);
        }

        var everyone = caller.Kind == Callers.Manager;
        var rows = await Task.WhenAll(list.Value.Select(day => RowAsync(id, day.Session, caller, everyone, cancellation)));
        var model = new TodayModel { Organisation = id, Date = date, Today = today, Sessions = [.. rows.OrderBy(r => r.Start).ThenBy(r => r.Training, StringComparer.Ordinal)], Everyone = everyone };
        model = everyone ? model with { PlacementsWaiting = await placements.CountAsync(id, PlacementProgress.NeedingHand, cancellation) } : model;
        return await request.PageAsync<TodayPage, TodayModel>(organisation.Value, model);
    }

    private async Task<SessionRowModel> RowAsync(OrganisationId organisation, SessionSummary session, Caller caller, bool everyone, CancellationToken cancellation)
    {
        var view = await live.ReadAsync(organisation, session.Session, caller, cancellation);
        var (state, signed, expected) = view.IsOk ? (view.Value.Session.State, view.Value.SignedCount, view.Value.Expected) : (session.State, 0, 0);
        var trainer = everyone && session.Trainer is { } reference ? (await trainers.FindAsync(organisation, reference, cancellation))?.Value : null;
        return new SessionRowModel(
            session.Session, session.Title ?? session.Training.Value, session.Group, session.Room, trainer is null ? null : $"{trainer.FirstName} {trainer.LastName}",
            session.Start, session.End, state, signed, expected, SessionNeeds.Of(state, session.Start, session.WindowEnds, signed, expected, time.GetUtcNow()));
    }
}
