using Emargement.Domain.Platform;

namespace Emargement.Domain.People;

/// <summary>What an organisation's settings may be.</summary>
public static class OrganisationRules
{
    private const int MaxNameLength = 200;
    private const int MaxWindowMinutes = 240;
    private const int MaxLockedMonths = 240;
    private const int MaxAbsenceDays = 30;

    /// <returns>Null when all is well, else <c>setting-invalid</c> with the name of the setting at fault.</returns>
    public static Refusal? Check(Organisation o)
    {
        var fault =
            PlainText.Within(o.Name, MaxNameLength) is null ? "name"
            : !BusinessNumbers.IsNda(o.Nda) ? "nda"
            : !BusinessNumbers.IsSiret(o.Siret) ? "siret"
            : !RegionCode.TryParse(o.Region, out _) ? "region"
            : o.LunchStart >= o.LunchEnd ? "lunchEnd"
            : o.WindowBeforeMinutes is < 0 or > MaxWindowMinutes ? "windowBeforeMinutes"
            : o.WindowAfterMinutes is < 0 or > MaxWindowMinutes ? "windowAfterMinutes"
            : o.LateAfterMinutes is < 0 or > MaxWindowMinutes ? "lateAfterMinutes"
            : o.Methods.Count == 0 || o.Methods.Contains(SigningMethod.Paper) ? "methods"
            : o.AbsenceDueAfterDays is < 1 or > MaxAbsenceDays ? "absenceDueAfterDays"
            : o.LockedMonths.Count > MaxLockedMonths ? "lockedMonths"
            : null;
        return fault is null ? null : Refusal.BadInput("setting-invalid", ("setting", fault));
    }
}
