using System.Globalization;
using Azure;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Reminders;
using Emargement.Functions.People.Organisations;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.Settings;

/// <param name="Version">Under which the settings were read.</param>
public sealed record SettingsChange(ETag Version, OrganisationPatch Patch);

/// <summary>Reads the forms of an organisation's settings.</summary>
internal static class SettingsForms
{
    /// <returns>The change, or <c>setting-invalid</c>.</returns>
    public static Result<SettingsChange> Own(FormFields form)
    {
        TimeOnly? importAt = null, lunchStart = null, lunchEnd = null;
        int? before = null, after = null, late = null;
        SiteZone? zone = null;
        var holidays = HolidayCalendar.Metropole;
        var fault =
            !SiteZone.TryParse(form.Text("timeZone"), out zone) ? "timeZone"
            : !Enum.TryParse(form.Text("holidays"), out holidays) || !Enum.IsDefined(holidays) ? "holidays"
            : !TryTime(form, "importAt", out importAt) ? "importAt"
            : !TryTime(form, "lunchStart", out lunchStart) ? "lunchStart"
            : !TryTime(form, "lunchEnd", out lunchEnd) ? "lunchEnd"
            : !TryNumber(form, "windowBeforeMinutes", out before) ? "windowBeforeMinutes"
            : !TryNumber(form, "windowAfterMinutes", out after) ? "windowAfterMinutes"
            : !TryNumber(form, "lateAfterMinutes", out late) ? "lateAfterMinutes"
            : null;
        return fault is not null ? Invalid(fault) : Change(form, new OrganisationPatch
        {
            Name = form.Text("name") ?? "",
            TimeZone = zone,
            Holidays = holidays,
            ImportAt = importAt,
            LunchStart = lunchStart,
            LunchEnd = lunchEnd,
            WindowBeforeMinutes = before,
            WindowAfterMinutes = after,
            LateAfterMinutes = late,
            Methods = [.. SigningMethods.All.Where(m => IsTicked(form, $"method.{m.ToString().ToLowerInvariant()}"))],
            DrawingWanted = IsTicked(form, "drawingWanted"),
            DrawingWithToken = IsTicked(form, "drawingWithToken"),
            TrainersMayTakeOver = IsTicked(form, "trainersMayTakeOver"),
            TrainersTakeSecondStep = IsTicked(form, "trainersTakeSecondStep"),
            PlacementsMonthly = IsTicked(form, "placementsMonthly"),
        });
    }

    /// <returns>The change, or <c>setting-invalid</c>.</returns>
    public static Result<SettingsChange> Reminders(FormFields form) =>
        TryNumber(form, "absenceDueAfterDays", out var days)
            ? Change(form, new OrganisationPatch
            {
                Reminders = [.. Enum.GetValues<ReminderKind>().Where(k => IsTicked(form, $"remind.{ReminderKinds.Word(k)}"))],
                AbsenceDueAfterDays = days,
            })
            : Invalid("absenceDueAfterDays");

    /// <summary>The refusal with the setting called as the page calls it.</summary>
    public static Refusal Named(Refusal refusal, Texts texts) =>
        refusal is { Code: "setting-invalid", Args: { } args } && texts.Has($"settings.{args["setting"]}")
            ? Invalid(texts[$"settings.{args["setting"]}"])
            : refusal;

    private static Refusal Invalid(string setting) => Refusal.BadInput("setting-invalid", ("setting", setting));

    private static Result<SettingsChange> Change(FormFields form, OrganisationPatch patch) =>
        new SettingsChange(new ETag(form.Text("version") ?? ""), patch);

    private static bool IsTicked(FormFields form, string name) => form.Text(name) is not null;

    private static bool TryNumber(FormFields form, string name, out int? number)
    {
        number = int.TryParse(form.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read : null;
        return number is not null;
    }

    private static bool TryTime(FormFields form, string name, out TimeOnly? time)
    {
        time = TimeOnly.TryParseExact(
            form.Text(name), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : null;
        return time is not null;
    }
}
