using System.Globalization;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Placements;

/// <summary>What the organisation may record itself: a signed paper form, an absence whose reason it accepts,
/// a tutor's mail to send again.</summary>
public static class OfficeStatements
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    /// <summary>Records days from a signed paper form. It stands over what was declared, which stays in the evidence.</summary>
    /// <param name="scanSha256">Names the scan, already stored.</param>
    public static Result<IReadOnlyList<WeekFact>> RecordPaper(
        PlacementState state,
        IReadOnlyList<DayMinutes> days,
        string? reason,
        string scanSha256,
        string by,
        DateOnly today,
        DateTimeOffset now)
    {
        if (days.Count == 0 || days.DistinctBy(d => d.Date).Count() != days.Count)
        {
            return Refusal.BadInput("declaration-days-invalid");
        }

        if (!PlacementText.IsReason(reason))
        {
            return Refusal.BadInput("reason-missing");
        }

        foreach (var day in days)
        {
            var at = ("day", day.Date.ToString("O", CultureInfo.InvariantCulture));
            if (!state.Placement.Terms.Contains(day.Date) || day.Date > today)
            {
                return Refusal.BadInput("declaration-day-outside", at);
            }

            if (day.Minutes is < 0 or > DayLimits.MinutesADay)
            {
                return Refusal.BadInput("declaration-day-too-long", at);
            }
        }

        return days.GroupBy(d => IsoWeek.Of(d.Date)).Any(w => w.Sum(d => d.Minutes) > DayLimits.MinutesAWeek)
            ? Refusal.BadInput("declaration-week-too-long")
            : Result<IReadOnlyList<WeekFact>>.FromT(
            [
                .. days.GroupBy(d => IsoWeek.Of(d.Date)).Select(week => new PaperRecorded
                {
                    At = now,
                    By = by,
                    Week = week.Key,
                    Sequence = state.NextSequence(week.Key),
                    Days = [.. week.OrderBy(d => d.Date)],
                    Reason = PlainText.Of(reason),
                    ScanSha256 = scanSha256,
                }),
            ]);
    }

    /// <summary>Accepts the reason of declared absences of one week.</summary>
    public static Result<IReadOnlyList<WeekFact>> Justify(
        PlacementState state, IsoWeek week, IReadOnlyList<DateOnly> days, string? reason, string by, DateTimeOffset now)
    {
        if (days.Count == 0 || days.Any(d => IsoWeek.Of(d) != week || state.Day(d).Declaration?.AbsenceReason is null))
        {
            return Refusal.Conflict("absence-not-declared");
        }

        return PlacementText.IsReason(reason)
            ? Result<IReadOnlyList<WeekFact>>.FromT(
                [
                    new AbsenceJustified
                    {
                        At = now,
                        By = by,
                        Week = week,
                        Sequence = state.NextSequence(week),
                        Days = [.. days.Distinct().Order()],
                        Reason = PlainText.Of(reason),
                    },
                ])
            : Refusal.BadInput("reason-missing");
    }

    /// <summary>Kills the links that a tutor was sent so far: one was forwarded, or read by the wrong person.</summary>
    public static Result<LinkRevoked> RevokeLinks(PlacementState state, string tutor, string? reason, string by, DateTimeOffset now) =>
        state.Placement.Terms.Tutors.All(t => t.Key != tutor) ? Refusal.NotFound("tutor-unknown")
        : !PlacementText.IsReason(reason) ? Refusal.BadInput("reason-missing")
        : new LinkRevoked { At = now, By = by, Tutor = tutor, Sequence = state.Revocations(tutor), Reason = PlainText.Of(reason) };

    /// <summary>Asks for the tutor's mail again: to the same address only, at most every ten minutes.</summary>
    public static Result<LinkAsked> AskLink(PlacementState state, TutorSection section, DateOnly? notBefore, string by, DateTimeOffset now)
    {
        if (state.Placement.Cancelled)
        {
            return Refusal.Conflict("placement-cancelled");
        }

        if (section.Tutor.Email is null)
        {
            return Refusal.Conflict("tutor-without-address");
        }

        var last = state.Mails.Where(m => m.Purpose == MailPurpose.ValidateHours && m.About == section.Key)
            .Select(m => (DateTimeOffset?)m.At)
            .Concat(state.Facts.OfType<LinkAsked>().Where(l => l.Section == section.Key).Select(l => (DateTimeOffset?)l.At))
            .Max();
        if (last is { } sent && now - sent < Pause)
        {
            var seconds = (int)Math.Ceiling((sent + Pause - now).TotalSeconds);
            return Refusal.Of("link-just-sent", RefusalKind.TooMany, ("retryAfter", seconds.ToString(CultureInfo.InvariantCulture)));
        }

        return new LinkAsked
        {
            At = now,
            By = by,
            Section = section.Key,
            Sequence = state.Facts.OfType<LinkAsked>().Count(l => l.Section == section.Key),
            NotBefore = notBefore,
        };
    }
}
