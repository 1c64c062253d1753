namespace Emargement.Domain.Platform.Calendar;

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
