using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;
using Emargement.Functions.Months.Settling;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Web.Sessions;

namespace Emargement.Functions.Pages.Sessions;

/// <summary>Makes what the page of a day shows: its sessions, with how many signed and what needs a hand.</summary>
public sealed class ShowToday(
    ListSessionsOfDay list,
    TrainersTable trainers,
    PlacementsTable placements,
    ImportRunsTable runs,
    ListPending pending,
    TimeProvider time)
{
    // An import that waits for another one begins later.
    private static readonly TimeSpan NightTakes = TimeSpan.FromHours(1);

    /// <param name="asked">The day, as yyyy-MM-dd; null for today, with what is open around midnight.</param>
    public async Task<Result<TodayModel>> RunAsync(
        Organisation organisation, string? asked, Caller caller, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var date = today;
        if (asked is not null && !CalendarDay.TryParse(asked, out date))
        {
            return Refusal.BadInput("date-invalid");
        }

        var sessions = await list.RunAsync(organisation.Id, date == today ? null : date, caller, cancellation);
        if (!sessions.IsOk)
        {
            return sessions.Refusal;
        }

        var everyone = caller.Kind == Callers.Manager;
        var rows = await Task.WhenAll(sessions.Value.Select(s => RowAsync(organisation.Id, s.Session, everyone, cancellation)));
        return new TodayModel
        {
            Organisation = organisation.Id,
            Date = date,
            Today = today,
            Sessions = [.. rows.OrderBy(r => r.Start).ThenBy(r => r.Training, StringComparer.Ordinal)],
            Everyone = everyone,
            PlacementsWaiting = everyone
                ? await placements.CountAsync(organisation.Id, PlacementProgress.NeedingHand, cancellation)
                : 0,
            Night = everyone && date == today ? await NightAsync(organisation, cancellation) : null,
            ToSettle = everyone ? await pending.CountAsync(organisation, cancellation) : 0,
        };
    }

    /// <returns>What went wrong with the last night's import; null when all went well, or when nights have not begun here.</returns>
    private async Task<NightNotice?> NightAsync(Organisation organisation, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var last = NightSchedule.LastDue(organisation, now);
        var id = ImportRunId.Night(last);
        if (await runs.FindAsync(organisation.Id, id, cancellation) is { } stored)
        {
            return stored.Value.Counts is { Rejected: > 0 and var rejected }
                ? new NightNotice(rejected, organisation.ImportAt, id.ToString())
                : null;
        }

        return now > organisation.Zone.ToInstant(last, organisation.ImportAt) + NightTakes
            && await runs.FindAsync(organisation.Id, ImportRunId.Night(last.AddDays(-1)), cancellation) is not null
                ? new NightNotice(null, organisation.ImportAt, id.ToString())
                : null;
    }

    private async Task<SessionRowModel> RowAsync(
        OrganisationId organisation, SessionSummary session, bool everyone, CancellationToken cancellation)
    {
        var onPaper = session.Mode == SigningMode.Paper;
        var (signed, expected) = (session.Signed ?? 0, session.Expected ?? 0);
        var trainer = everyone && session.Trainer is { } reference
            ? (await trainers.FindAsync(organisation, reference, cancellation))?.Value
            : null;
        return new SessionRowModel(
            session.Session,
            SessionViews.TitleOf(session),
            session.Group,
            session.Room,
            SessionViews.NameOf(trainer),
            session.Start,
            session.End,
            session.State,
            signed,
            expected,
            SessionNeeds.Of(session.State, session.Start, session.WindowEnds, signed, expected, time.GetUtcNow(), onPaper))
        {
            Replaced = session.Replaced == true,
            OnPaper = session.OnPaper == true || onPaper,
            Manual = session.Source == ManualReference.Source,
        };
    }
}
