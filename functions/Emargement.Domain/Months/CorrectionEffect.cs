using Emargement.Domain.Sessions;

namespace Emargement.Domain.Months;

/// <summary>
/// What corrections would move, before anybody saves them: minutes gained or lost, and the sheets that get a new version.
/// </summary>
public sealed record CorrectionEffect(int Changes, int Done, int Justified, int Unjustified, int Sheets)
{
    /// <param name="cells">Each with the minutes that its half-day asks for.</param>
    /// <param name="minutes">Late, or gone early.</param>
    public static CorrectionEffect Of(IReadOnlyCollection<(LearnerCell Cell, int Planned)> cells, AttendanceMark mark, int minutes)
    {
        var (done, justified, unjustified) = (0, 0, 0);
        foreach (var (cell, planned) in cells)
        {
            // Lateness and an early departure stand beside each other; whoever was absent has neither.
            var (late, early) = mark switch
            {
                AttendanceMark.Late => (minutes, cell.LeftEarly),
                AttendanceMark.LeftEarly => (cell.Late, minutes),
                _ => (0, 0),
            };
            var absent = mark is AttendanceMark.AbsentJustified or AttendanceMark.AbsentUnjustified;
            done += (absent ? 0 : Math.Max(0, planned - late - early)) - cell.Done;
            justified += (mark == AttendanceMark.AbsentJustified ? planned : 0) - cell.Justified;
            unjustified += (mark == AttendanceMark.AbsentUnjustified ? planned : 0) - cell.Unjustified;
        }

        return new CorrectionEffect(cells.Count, done, justified, unjustified, cells.Select(c => c.Cell.Session).Distinct().Count());
    }
}
