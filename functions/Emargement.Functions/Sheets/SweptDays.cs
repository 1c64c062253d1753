using Emargement.Domain.People;

namespace Emargement.Functions.Sheets;

/// <summary>How far the hourly sweep of sheets looks back.</summary>
internal static class SweptDays
{
    /// <summary>Hour of UTC at which it looks back <see cref="LongLook"/> days; the others look back <see cref="ShortLook"/>.</summary>
    private const int LongLookHour = 2;
    private const int ShortLook = 2;
    private const int LongLook = 62;

    public static (DateOnly First, DateOnly Last) Of(Organisation organisation, DateTimeOffset now)
    {
        var last = organisation.Zone.DateAt(now);
        return (last.AddDays(now.Hour == LongLookHour ? -LongLook : -ShortLook), last);
    }
}
