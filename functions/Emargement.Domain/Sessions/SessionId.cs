using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Domain.Sessions;

/// <summary>
/// Names one Session inside its organisation and says where it is stored. Written <c>20261123-1-GAR-261123-G1-1-M</c>: local date,
/// half-day, reference.
/// </summary>
public readonly record struct SessionId(DateOnly Date, HalfDay HalfDay, Reference Reference) : IComparable<SessionId>
{
    private const string DateFormat = "yyyyMMdd";

    public YearMonth Month => YearMonth.Of(Date);

    public static SessionId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException("A session's id is its date, half-day and reference: 20261123-1-REF.");

    public static bool TryParse([NotNullWhen(true)] string? text, out SessionId id)
    {
        id = default;
        if (text is null || text.Length < 12 || text[8] != '-' || text[10] != '-' || text[9] is < '1' or > '3'
            || !CalendarDay.TryParse(text.AsSpan(0, 8), DateFormat, out var date)
            || !Reference.TryParseKey(text[11..], out var reference))
        {
            return false;
        }

        id = new SessionId(date, (HalfDay)(text[9] - '0'), reference);
        return true;
    }

    public int CompareTo(SessionId other) => string.CompareOrdinal(ToString(), other.ToString());

    public override string ToString() =>
        $"{Date.ToString(DateFormat, CultureInfo.InvariantCulture)}-{(int)HalfDay}-{Reference.Key}";
}
