using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Gates;

/// <summary>What is said of a path that is locked.</summary>
public static class Locks
{
    /// <returns>The refusal, with <c>minutes</c> to wait for people and <c>retryAfter</c> seconds for programs.</returns>
    public static Refusal Refuse(string code, DateTimeOffset until, DateTimeOffset now)
    {
        var wait = until - now;
        return Refusal.Of(
            code,
            RefusalKind.TooMany,
            ("minutes", ((int)Math.Ceiling(wait.TotalMinutes)).ToString(CultureInfo.InvariantCulture)),
            ("retryAfter", ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture)));
    }
}
