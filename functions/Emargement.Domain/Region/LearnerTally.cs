using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>
/// Adds up one learner's half-days and weeks in one training: every figure of the synthesis is a sum of rows of the other files.
/// </summary>
internal sealed class LearnerTally(FundedLearner first)
{
    private readonly DateOnly _entry = first.Period.Entry;
    private FundedLearner _last = first;
    private int _halfDays;
    private int _signed;
    private int _onPaper;
    private MinutesByPlace _planned;
    private MinutesByPlace _done;
    private int _justified;
    private int _unjustified;
    private int _late;
    private int _leftEarly;
    private int _assimilated;
    private bool _complete = true;

    public void Add(HalfDayRow row, FundedLearner learner, bool closed)
    {
        var attendance = row.Attendance;
        _last = learner;
        _halfDays++;
        _planned = _planned.Plus(row.Modality, row.PlannedMinutes);
        _done = _done.Plus(row.Modality, attendance.Done);
        if (row.IsSigned)
        {
            _signed++;
            _onPaper += attendance.Method == SigningMethod.Paper ? 1 : 0;
        }

        if (row.Modality == Modality.Company)
        {
            return;
        }

        _justified += attendance.Justified;
        _unjustified += attendance.Unjustified;
        _late += attendance.Late;
        _leftEarly += attendance.LeftEarly;
        _assimilated += attendance.Assimilated;
        _complete &= closed && attendance.Status != AttendanceStatus.NotSigned;
    }

    public void Add(PlacementWeekRow week)
    {
        _done = _done.Plus(Modality.Company, week.ValidatedMinutes);
        _complete &= week.Status == PlacementWeekRow.ValidatedStatus;
    }

    public SummaryRow ToRow(Reference training) => new()
    {
        Training = training,
        Learner = _last,
        Entry = _entry,
        Exit = _last.Period.Exit,
        HalfDaysPlanned = _halfDays,
        HalfDaysSigned = _signed,
        Planned = _planned,
        Done = _done,
        Justified = _justified,
        Unjustified = _unjustified,
        Late = _late,
        LeftEarly = _leftEarly,
        Assimilated = _assimilated,
        Mode = RegionFiles.Mode(_signed, _onPaper),
        Complete = _complete,
    };
}
