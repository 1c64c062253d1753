using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>
/// What a month's page says of some learners, counted in (learner, half-day) pairs and minutes of half-days in centre and at distance.
/// A half-day is due once its signing window has ended. Figures of groups add up, as do those of learners.
/// </summary>
/// <param name="Due">Pairs expected in half-days that are due.</param>
/// <param name="Settled">Due pairs whose half-day is closed and of which somebody knows whether the learner came.</param>
/// <param name="Proven">Settled pairs that were there, with a signature or a paper sheet.</param>
/// <param name="Attended">Settled pairs with minutes done.</param>
/// <param name="Done">Minutes, as those that follow: the sums of the synthesis that the Région receives.</param>
/// <param name="ToJustify">Settled pairs that are unjustified absences.</param>
/// <param name="WeeksEnded">Weeks in a company that are over.</param>
/// <param name="Assimilated">Of the justified minutes, those that count as presence elsewhere.</param>
public sealed record MonthFigures(
    int Due = 0,
    int Settled = 0,
    int Proven = 0,
    int Attended = 0,
    int Done = 0,
    int Justified = 0,
    int Unjustified = 0,
    int Late = 0,
    int LeftEarly = 0,
    int ToJustify = 0,
    int WeeksEnded = 0,
    int WeeksValidated = 0,
    int Assimilated = 0)
{
    public static MonthFigures None { get; } = new();

    /// <summary>Whole percents of what is due that is settled, so that 100 says that nothing misses; null when nothing is due.</summary>
    public int? Completeness => Percent(Settled, Due);

    /// <summary>Whole percents of the known minutes that were done.</summary>
    public int? Presence => Percent(Done, Done + Justified + Unjustified + Late + LeftEarly);

    /// <summary>As <see cref="Presence"/>, with the absences that count as presence elsewhere; null when there are none.</summary>
    public int? PresenceWithAssimilated =>
        Assimilated == 0 ? null : Percent(Done + Assimilated, Done + Justified + Unjustified + Late + LeftEarly);

    /// <summary>Whole percents of those who came whose coming is proven.</summary>
    public int? Proof => Percent(Proven, Attended);

    /// <param name="due">Whether the signing window of its half-day has ended.</param>
    /// <param name="closed">Whether its half-day is closed.</param>
    public static MonthFigures Of(HalfDayRow row, bool due, bool closed)
    {
        var attendance = row.Attendance;
        var settled = due && closed && attendance.Status != AttendanceStatus.NotSigned;
        var here = settled && attendance.Status
            is AttendanceStatus.Present or AttendanceStatus.Late or AttendanceStatus.LeftEarly;
        return new MonthFigures(
            due ? 1 : 0,
            settled ? 1 : 0,
            here && row.IsSigned ? 1 : 0,
            here ? 1 : 0,
            attendance.Done,
            attendance.Justified,
            attendance.Unjustified,
            attendance.Late,
            attendance.LeftEarly,
            settled && attendance.Status == AttendanceStatus.AbsentUnjustified ? 1 : 0,
            Assimilated: attendance.Assimilated);
    }

    public MonthFigures Plus(MonthFigures other) => new(
        Due + other.Due,
        Settled + other.Settled,
        Proven + other.Proven,
        Attended + other.Attended,
        Done + other.Done,
        Justified + other.Justified,
        Unjustified + other.Unjustified,
        Late + other.Late,
        LeftEarly + other.LeftEarly,
        ToJustify + other.ToJustify,
        WeeksEnded + other.WeeksEnded,
        WeeksValidated + other.WeeksValidated,
        Assimilated + other.Assimilated);

    private static int? Percent(int part, int whole) => whole == 0 ? null : (int)(100L * part / whole);
}

/// <summary>What a month's page says of half-days: those in centre and at distance that are not cancelled.</summary>
/// <param name="Sealed">Closed ones whose latest sheet says all that is known.</param>
public sealed record SessionFigures(int Planned = 0, int Due = 0, int Closed = 0, int Sealed = 0)
{
    /// <param name="due">Whether the signing window of the half-day has ended.</param>
    public static SessionFigures Of(SessionFacts read, bool due)
    {
        var closed = due && read.Session.State == SessionState.Closed;
        return new SessionFigures(1, due ? 1 : 0, closed ? 1 : 0, closed && read.IsSealed ? 1 : 0);
    }

    public SessionFigures Plus(SessionFigures other) =>
        new(Planned + other.Planned, Due + other.Due, Closed + other.Closed, Sealed + other.Sealed);
}
