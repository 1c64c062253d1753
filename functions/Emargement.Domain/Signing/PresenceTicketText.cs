using System.Globalization;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Signing;

/// <summary>
/// The compact bytes of a ticket, before the server encrypts them: a version, then the fields, one a line (none of them can hold a line
/// break).
/// </summary>
public static class PresenceTicketText
{
    private const string Version = "1";

    public static byte[] Write(PresenceTicket ticket) => Encoding.UTF8.GetBytes(string.Join(
        '\n',
        Version,
        ticket.Organisation,
        ticket.Session,
        ticket.Learner,
        ((int)ticket.Method).ToString(CultureInfo.InvariantCulture),
        ticket.By,
        ticket.IssuedAt.UtcTicks.ToString(CultureInfo.InvariantCulture),
        ticket.PlannedStart.UtcTicks.ToString(CultureInfo.InvariantCulture),
        ticket.WindowEnds.UtcTicks.ToString(CultureInfo.InvariantCulture),
        ticket.LateAfterMinutes.ToString(CultureInfo.InvariantCulture),
        ticket.DrawingWanted ? "1" : "0",
        ticket.SignedIn ? "1" : "0"));

    /// <summary>
    /// Reads what <see cref="Write"/> wrote; null for any other bytes, such as a ticket of an older version of the product.
    /// </summary>
    public static PresenceTicket? Read(ReadOnlySpan<byte> bytes)
    {
        var lines = Encoding.UTF8.GetString(bytes).Split('\n');
        if (lines.Length != 12 || lines[0] != Version
            || !OrganisationId.TryParse(lines[1], out var organisation)
            || !SessionId.TryParse(lines[2], out var session)
            || !Reference.TryParse(lines[3], out var learner)
            || !Enum.TryParse<SigningMethod>(lines[4], out var method)
            || !TryInstant(lines[6], out var issued)
            || !TryInstant(lines[7], out var start)
            || !TryInstant(lines[8], out var ends)
            || !int.TryParse(lines[9], NumberStyles.None, CultureInfo.InvariantCulture, out var late))
        {
            return null;
        }

        return new PresenceTicket
        {
            Organisation = organisation,
            Session = session,
            Learner = learner,
            Method = method,
            By = lines[5],
            IssuedAt = issued,
            PlannedStart = start,
            WindowEnds = ends,
            LateAfterMinutes = late,
            DrawingWanted = lines[10] == "1",
            SignedIn = lines[11] == "1",
        };
    }

    private static bool TryInstant(string text, out DateTimeOffset instant)
    {
        var ok = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.Ticks;
        instant = ok ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return ok;
    }
}
