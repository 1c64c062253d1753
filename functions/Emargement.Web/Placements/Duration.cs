using System.Globalization;
using Emargement.Web.Platform;

namespace Emargement.Web.Placements;

internal static class Duration
{
    /// <summary>« 7 h », « 7 h 30 ».</summary>
    public static string Of(Texts texts, int minutes) => minutes % 60 == 0
        ? texts["script.duration", ("h", minutes / 60)]
        : texts["script.duration-minutes", ("h", minutes / 60), ("mm", (minutes % 60).ToString("D2", CultureInfo.InvariantCulture))];
}
