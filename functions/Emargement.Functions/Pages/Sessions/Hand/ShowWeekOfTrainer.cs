using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Sessions;
using Emargement.Web.Sessions.Hand;

namespace Emargement.Functions.Pages.Sessions.Hand;

/// <summary>Makes a trainer's week: one range of Sessions, or two where a month ends in it.</summary>
public sealed class ShowWeekOfTrainer(SessionsTable sessions, SessionScenes scenes, TimeProvider time)
{
    /// <param name="asked">A day of the week, as yyyy-MM-dd; null for this week.</param>
    public async Task<Result<WeekModel>> RunAsync(
        Organisation organisation, string? asked, Caller caller, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var date = today;
        if (asked is not null && !CalendarDay.TryParse(asked, out date))
        {
            return Refusal.BadInput("date-invalid");
        }

        var monday = date.AddDays(-(((int)date.DayOfWeek + 6) % 7));
        var rows = new List<WeekRowModel>();
        await foreach (var stored in sessions.BetweenAsync(organisation.Id, monday, monday.AddDays(6), cancellation))
        {
            var session = stored.Value;
            if (session.Modality == Modality.Company || session.MovedTo is not null || SessionStaff.Check(caller, session) is not null)
            {
                continue;
            }

            rows.Add(new WeekRowModel(
                session.Id,
                (await scenes.TrainingAsync(organisation.Id, session.TrainingRef, cancellation))?.Title ?? session.TrainingRef.Value,
                session.Group,
                string.Join(", ", new[] { session.Site, session.Room }.Where(p => !string.IsNullOrEmpty(p))),
                session.Start,
                session.End,
                session.State,
                session.Edits.Count > 0));
        }

        return new WeekModel(organisation.Id, monday, today, [.. rows.OrderBy(r => r.Start)]);
    }
}
