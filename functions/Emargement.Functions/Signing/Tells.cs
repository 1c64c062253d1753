using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Gates;

namespace Emargement.Functions.Signing;

/// <summary>How signing says what a gate lets it say.</summary>
internal static class Tells
{
    /// <summary>The value; the refusal with the number of tries left; or, from the fifth wrong one on, <c>locked</c> with until
    /// when.</summary>
    public static Result<T> Answer<T>(this Told<T> told) =>
        told.Outcome is { IsOk: true } right ? right
        : told.LockedUntil is { } until ? Refusal.Of("locked", RefusalKind.TooMany, ("until", SigningWindow.Text(until)))
        : told.Outcome!.Value.Refusal! with
        {
            Args = new Dictionary<string, string> { ["left"] = told.Left.ToString(CultureInfo.InvariantCulture) },
        };
}
