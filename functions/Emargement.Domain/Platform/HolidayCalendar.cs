namespace Emargement.Domain.Platform;

/// <summary>Whose public holidays a site keeps.</summary>
public enum HolidayCalendar
{
    Metropole,
    AlsaceMoselle,
    Guadeloupe,
    Martinique,
    Guyane,
    Reunion,
    Mayotte,
}
