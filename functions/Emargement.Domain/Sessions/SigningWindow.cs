using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Sessions;

/// <summary>When a Session may be signed: from some minutes before its planned start to some after its planned end, both inclusive.
/// Inspectors reject signatures made before the start, at the end of the day or in series.</summary>
public sealed record SigningWindow(DateTimeOffset OpensAt, DateTimeOffset EndsAt)
{
    public static SigningWindow Of(Session session, Organisation organisation) =>
        new(session.Start.AddMinutes(-organisation.WindowBeforeMinutes), session.End.AddMinutes(organisation.WindowAfterMinutes));

    /// <summary>Null inside the window; else the refusal, which says when it opens or when it ended.</summary>
    public Refusal? Check(DateTimeOffset now) =>
        now < OpensAt ? Refusal.Conflict("window-not-open", ("opensAt", Text(OpensAt)))
        : now > EndsAt ? Refusal.Conflict("window-closed", ("endedAt", Text(EndsAt)))
        : null;

    /// <summary>Whole minutes after the planned start when the signature comes later than the tolerance, else 0.</summary>
    public static int LateMinutes(DateTimeOffset plannedStart, DateTimeOffset signedAt, int toleranceMinutes)
    {
        var elapsed = signedAt - plannedStart;
        return elapsed > TimeSpan.FromMinutes(toleranceMinutes) ? Math.Max(1, (int)elapsed.TotalMinutes) : 0;
    }

    /// <summary>An instant as refusals carry it: UTC, to the second.</summary>
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
