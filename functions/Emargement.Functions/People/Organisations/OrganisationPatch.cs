using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Functions.People.Organisations;

/// <summary>What changes; a member left out stays as it is. The short name, NDA, SIRET and Région are the operator's.</summary>
public sealed record OrganisationPatch
{
    public string? Name { get; init; }

    public SiteZone? TimeZone { get; init; }

    public TimeOnly? ImportAt { get; init; }

    public TimeOnly? LunchStart { get; init; }

    public TimeOnly? LunchEnd { get; init; }

    public int? WindowBeforeMinutes { get; init; }

    public int? WindowAfterMinutes { get; init; }

    public int? LateAfterMinutes { get; init; }

    public IReadOnlyList<SigningMethod>? Methods { get; init; }

    public bool? DrawingWanted { get; init; }

    public bool? DrawingWithToken { get; init; }

    /// <summary>Whether a trainer may take over a colleague's half-day that nobody opened.</summary>
    public bool? TrainersMayTakeOver { get; init; }

    public IReadOnlyList<YearMonth>? LockedMonths { get; init; }

    public HolidayCalendar? Holidays { get; init; }

    public bool? PlacementsMonthly { get; init; }

    public bool? TrainersTakeSecondStep { get; init; }

    /// <summary>Of what people are reminded by mail.</summary>
    public IReadOnlyList<ReminderKind>? Reminders { get; init; }

    /// <summary>1 to 30.</summary>
    public int? AbsenceDueAfterDays { get; init; }

    public Organisation ApplyTo(Organisation o) => o with
    {
        Name = Name is null ? o.Name : PlainText.Of(Name),
        Zone = TimeZone ?? o.Zone,
        ImportAt = ImportAt ?? o.ImportAt,
        LunchStart = LunchStart ?? o.LunchStart,
        LunchEnd = LunchEnd ?? o.LunchEnd,
        WindowBeforeMinutes = WindowBeforeMinutes ?? o.WindowBeforeMinutes,
        WindowAfterMinutes = WindowAfterMinutes ?? o.WindowAfterMinutes,
        LateAfterMinutes = LateAfterMinutes ?? o.LateAfterMinutes,
        Methods = Methods?.Distinct().ToList() ?? o.Methods,
        DrawingWanted = DrawingWanted ?? o.DrawingWanted,
        DrawingWithToken = DrawingWithToken ?? o.DrawingWithToken,
        TrainersMayTakeOver = TrainersMayTakeOver ?? o.TrainersMayTakeOver,
        LockedMonths = LockedMonths?.Distinct().Order().ToList() ?? o.LockedMonths,
        Holidays = Holidays ?? o.Holidays,
        PlacementsMonthly = PlacementsMonthly ?? o.PlacementsMonthly,
        TrainersTakeSecondStep = TrainersTakeSecondStep ?? o.TrainersTakeSecondStep,
        Reminders = Reminders?.Distinct().Order().ToList() ?? o.Reminders,
        AbsenceDueAfterDays = AbsenceDueAfterDays ?? o.AbsenceDueAfterDays,
    };
}
