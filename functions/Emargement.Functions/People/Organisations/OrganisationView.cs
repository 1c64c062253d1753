using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Functions.People.Organisations;

/// <summary>Settings of an organisation as the API shows them; local times as HH:mm, months as yyyy-MM.</summary>
public sealed record OrganisationView(
    OrganisationId Id,
    string Name,
    string Nda,
    string Siret,
    string Region,
    SiteZone TimeZone,
    TimeOnly ImportAt,
    TimeOnly LunchStart,
    TimeOnly LunchEnd,
    int WindowBeforeMinutes,
    int WindowAfterMinutes,
    int LateAfterMinutes,
    IReadOnlyList<SigningMethod> Methods,
    bool DrawingWanted,
    bool DrawingWithToken,
    bool TrainersMayTakeOver,
    IReadOnlyList<YearMonth> LockedMonths,
    HolidayCalendar Holidays,
    bool PlacementsMonthly,
    bool TrainersTakeSecondStep,
    IReadOnlyList<ReminderKind> Reminders,
    int AbsenceDueAfterDays)
{
    public static OrganisationView Of(Organisation o) => new(
        o.Id,
        o.Name,
        o.Nda,
        o.Siret,
        o.Region,
        o.Zone,
        o.ImportAt,
        o.LunchStart,
        o.LunchEnd,
        o.WindowBeforeMinutes,
        o.WindowAfterMinutes,
        o.LateAfterMinutes,
        o.Methods,
        o.DrawingWanted,
        o.DrawingWithToken,
        o.TrainersMayTakeOver,
        o.LockedMonths,
        o.Holidays,
        o.PlacementsMonthly,
        o.TrainersTakeSecondStep,
        o.Reminders,
        o.AbsenceDueAfterDays);
}
