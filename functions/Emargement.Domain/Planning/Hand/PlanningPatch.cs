using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Hand;

/// <summary>What a person changes of a Session's planning; what is null stays, an empty text takes the value away.</summary>
/// <param name="Date">Local day on which it starts.</param>
/// <param name="Start">Local time.</param>
/// <param name="End">Local time; not after the start, it is on the next day.</param>
/// <param name="Trainer">Reference of the trainer.</param>
public sealed record PlanningPatch(
    DateOnly? Date = null,
    TimeOnly? Start = null,
    TimeOnly? End = null,
    string? Trainer = null,
    string? Site = null,
    string? Room = null,
    string? Module = null,
    Modality? Modality = null)
{
    private const int MaxText = 500;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>The Session as this makes it, under the id that its day and hours give it.</summary>
    /// <returns>It, or <c>end-before-start</c>, <c>too-long</c>, <c>no-such-hour</c>, <c>setting-invalid</c> or
    /// <c>trainer-unknown</c>.</returns>
    public Result<Session> ApplyTo(Session session, SiteZone zone)
    {
        if (new[] { Site, Room, Module }.Any(t => t is { Length: > 0 } && PlainText.Within(t, MaxText) is null))
        {
            return Refusal.BadInput("value-too-long", ("limit", "500"));
        }

        var trainer = session.TrainerRef;
        if (Trainer is not null)
        {
            Reference? named = Reference.TryParse(Trainer, out var reference) ? reference : null;
            if (named is null && PlainText.Of(Trainer).Length > 0)
            {
                return Refusal.BadInput("trainer-unknown");
            }

            trainer = named;
        }

        var timed = Times(session, zone);
        return timed.IsOk
            ? timed.Value with
            {
                TrainerRef = trainer,
                CoTrainerRefs = session.CoTrainerRefs.Any(t => t == trainer)
                    ? [.. session.CoTrainerRefs.Where(t => t != trainer)]
                    : session.CoTrainerRefs,
                Site = Text(Site, session.Site),
                Room = Text(Room, session.Room),
                Module = Text(Module, session.Module),
                Modality = Modality ?? session.Modality,
            }
            : timed;
    }

    /// <summary>A Session between two local times of a day; the half-day is theirs.</summary>
    public static Result<Session> Between(Session session, DateOnly date, TimeOnly start, TimeOnly end, SiteZone zone)
    {
        // Round the clock: 22:00 to 02:00 are four hours.
        var length = end - start;
        if (length == TimeSpan.Zero || (end <= start && length > Longest))
        {
            return Refusal.BadInput("end-before-start");
        }

        if (length > Longest)
        {
            return Refusal.BadInput("too-long");
        }

        var lastDay = end <= start ? date.AddDays(1) : date;
        if (zone.IsSkipped(date, start) || zone.IsSkipped(lastDay, end))
        {
            return Refusal.BadInput("no-such-hour");
        }

        return session with
        {
            Id = new SessionId(date, HalfDays.Of(start, end), session.Id.Reference),
            Start = zone.ToInstant(date, start),
            End = zone.ToInstant(lastDay, end),
        };
    }

    private Result<Session> Times(Session session, SiteZone zone)
    {
        if (Date is null && Start is null && End is null)
        {
            return session;
        }

        var (start, end) = (MinuteOf(session.Start, zone), MinuteOf(session.End, zone));
        var (day, from, to) = (Date ?? session.Id.Date, Start ?? start, End ?? end);

        // A form sends every hour again: those that stay leave the half-day what the file called it.
        return (day, from, to) == (session.Id.Date, start, end) ? session : Between(session, day, from, to, zone);
    }

    private static TimeOnly MinuteOf(DateTimeOffset instant, SiteZone zone)
    {
        var local = zone.ToLocal(instant);
        return new TimeOnly(local.Hour, local.Minute);
    }

    private static string? Text(string? asked, string? known) =>
        asked is null ? known : PlainText.Of(asked) is { Length: > 0 } text ? text : null;
}
