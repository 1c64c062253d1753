using System.Globalization;
using System.Text.RegularExpressions;
using Emargement.Domain.Placements;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Functions.Placements.Tutors;
using Emargement.Functions.Placements.Weeks;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Placements;

namespace Emargement.Functions.Pages.Placements;

/// <summary>Hours in a company as forms say them: what the pages' scripts would ask of the API.</summary>
internal static partial class HoursForms
{
    /// <summary>The days of a week that say something: an absence, hours alone, or times.</summary>
    /// <returns>What to declare, or <c>hours-invalid</c>, <c>absence-reason-missing</c>.</returns>
    public static Result<DeclareRequest> Week(FormFields form)
    {
        var (absent, reasons, alone) = (form.Under("absent"), form.Under("reason"), form.Text("how") == "alone");
        var (starts, ends, breaks, hours) = (form.Under("start"), form.Under("end"), form.Under("break"), form.Under("hours"));
        var holidays = form.Under("holiday");
        var days = new List<DayRequest>();
        foreach (var (name, _) in reasons)
        {
            if (Date(name) is not { } date)
            {
                continue;
            }

            var (start, end, typed) = (Said(starts, name), Said(ends, name), Said(hours, name));
            if (absent.ContainsKey(name))
            {
                if (Said(reasons, name) is not { } reason)
                {
                    return Refusal.BadInput("absence-reason-missing", ("day", date.ToString("O", CultureInfo.InvariantCulture)));
                }

                days.Add(new DayRequest(date, Absence: reason));
            }
            else if (alone && typed is not null)
            {
                if (Minutes(typed) is not { } minutes)
                {
                    return Refusal.BadInput("hours-invalid");
                }

                days.Add(new DayRequest(date, Minutes: minutes, HolidayConfirmed: holidays.ContainsKey(name)));
            }
            else if (!alone && (start ?? end) is not null)
            {
                var pause = int.TryParse(Said(breaks, name), CultureInfo.InvariantCulture, out var off) ? off : 0;
                days.Add(new DayRequest(date, Hour(start), Hour(end), pause, HolidayConfirmed: holidays.ContainsKey(name)));
            }
        }

        return days.Count == 0
            ? Refusal.BadInput("declaration-empty")
            : new DeclareRequest([.. days.OrderBy(d => d.Date)], TypedName: form.Text("typedName"));
    }

    /// <summary>What a tutor validates: the weeks that are ticked, and what is decided where the learner maintained.</summary>
    /// <returns>The validation, or <c>weeks-missing</c>.</returns>
    public static Result<ValidateRequest> Validation(FormFields form)
    {
        var weeks = form.All("week").Select(w => IsoWeek.TryParse(w, out var week) ? week : (IsoWeek?)null).OfType<IsoWeek>().ToList();
        var decided = form.Under("decided")
            .Select(d => Date(d.Key) is { } date && int.TryParse(d.Value, CultureInfo.InvariantCulture, out var minutes)
                ? new DayMinutes(date, minutes)
                : null)
            .OfType<DayMinutes>();
        return weeks.Count == 0
            ? Refusal.BadInput("weeks-missing")
            : new ValidateRequest(Seen(form), weeks, [.. decided], TypedName: form.Text("typedName"));
    }

    /// <summary>With which day a tutor disagrees, and why.</summary>
    /// <returns>The disagreement, or <c>hours-invalid</c>; a missing reason is refused by the rule itself.</returns>
    public static Result<DisagreeRequest> Dispute(FormFields form) =>
        Date(form.Text("day")) is not { } date || Minutes(form.Text("hours")) is not { } minutes
            ? Refusal.BadInput("hours-invalid")
            : new DisagreeRequest(Seen(form), [new Disagreement(date, minutes, form.Text("reason") ?? string.Empty)]);

    /// <summary>The day that a learner maintains.</summary>
    /// <returns>The day with its comment, or <c>form-invalid</c>.</returns>
    public static Result<MaintainRequest> Maintained(FormFields form) =>
        Date(form.Text("maintained")) is { } date
            ? new MaintainRequest([date], form.Text("comment"))
            : Refusal.BadInput("form-invalid");

    /// <summary>A week as its form shows it again: nothing that somebody typed is typed twice, or changes by itself.</summary>
    public static PlacementWeekModel AsTyped(PlacementWeekModel week, FormFields form)
    {
        var (starts, ends, breaks, hours) = (form.Under("start"), form.Under("end"), form.Under("break"), form.Under("hours"));
        var (reasons, absent, alone) = (form.Under("reason"), form.Under("absent"), form.Text("how") == "alone");
        return week with { Days = [.. week.Days.Select(day => reasons.ContainsKey(Name(day.Date)) ? Typed(day, Name(day.Date)) : day)] };

        PlacementDayModel Typed(PlacementDayModel day, string name) => day with
        {
            Start = alone ? null : Said(starts, name),
            End = alone ? null : Said(ends, name),
            BreakMinutes = int.TryParse(Said(breaks, name), CultureInfo.InvariantCulture, out var minutes) ? minutes : null,
            Minutes = alone ? Minutes(Said(hours, name)) : null,
            Absence = absent.ContainsKey(name) ? reasons[name] : null,
        };
    }

    private static Dictionary<string, int> Seen(FormFields form) => form.Under("seen")
        .Where(s => int.TryParse(s.Value, CultureInfo.InvariantCulture, out _))
        .ToDictionary(s => s.Key, s => int.Parse(s.Value, CultureInfo.InvariantCulture));

    private static string? Said(IReadOnlyDictionary<string, string> fields, string day) =>
        fields.GetValueOrDefault(day) is { Length: > 0 } text ? text : null;

    // Browsers may send seconds with a time.
    private static string? Hour(string? time) => time is { Length: > 5 } ? time[..5] : time;

    private static string Name(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    /// <summary>Minutes of 3, 3:30 or 3h30, as the pages' scripts read them.</summary>
    private static int? Minutes(string? text) =>
        text is not null && Written().Match(text) is { Success: true } match
            ? (Number(match.Groups[1]) * 60) + Number(match.Groups[2])
            : null;

    private static int Number(Group group) => group.Length == 0 ? 0 : int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-9]{1,2})(?:\s*[:hH]\s*([0-9]{2})?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
