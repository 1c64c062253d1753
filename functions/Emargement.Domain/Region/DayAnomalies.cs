using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sessions.Modes;

namespace Emargement.Domain.Region;

/// <summary>
/// Finds what an inspector would ask about in one day. It looks at every session and signature of the day, and reports only on learners
/// whom the Région pays.
/// </summary>
internal sealed class DayAnomalies(RegionScope scope, IReadOnlyList<SessionFacts> day)
{
    private readonly DayOverlaps _overlaps = new(day);
    private readonly HashSet<string> _sharedDevices = [.. day
        .SelectMany(s => s.Facts.OfType<Signed>())
        .Where(s => s.Device is not null && s.Method != SigningMethod.Tablet)
        .GroupBy(s => s.Device!, s => s.Learner, StringComparer.Ordinal)
        .Where(g => g.Distinct().Count() > 1)
        .Select(g => g.Key)];

    /// <param name="sessions">The sessions of the day with the rows that their funded learners have; none for a cancelled session.</param>
    /// <param name="atOnce">Learners who are expected in two of them at the same time.</param>
    public IReadOnlyList<AnomalyRow> Find(
        IReadOnlyList<(SessionFacts Session, List<HalfDayRow> Rows)> sessions, IReadOnlyList<AtOnce> atOnce)
    {
        var found = new List<AnomalyRow>();
        var overlapping = atOnce.SelectMany(a => new[] { (Session: a.Counted, Pair: a), (Session: a.Other, Pair: a) })
            .ToLookup(a => (a.Session, a.Pair.Learner), a => a.Pair);
        foreach (var (session, rows) in sessions)
        {
            var id = session.Session.Id;
            if (session.Session.State == SessionState.Cancelled)
            {
                var signers = session.Facts.OfType<Signed>().Select(s => s.Learner).ToHashSet();
                found.AddRange(scope.FundedIn(session.Session)
                    .Where(f => signers.Contains(f.Ref))
                    .Select(f => new AnomalyRow(id, f.Ref, Anomaly.SignatureCancelledSession)));
                continue;
            }

            if (rows.Count == 0)
            {
                continue;
            }

            found.AddRange(OfSession(session).Concat(OfMode(session.Session, rows)).Select(a => new AnomalyRow(id, null, a)));
            var series = SignatureSeries.In(session.Facts.OfType<Signed>());
            var facts = session.Facts.Where(f => f.About is not null).ToLookup(f => f.About!.Value);
            foreach (var row in rows)
            {
                var of = OfLearner(session.Session, row, facts[row.Learner], series)
                    .Concat(overlapping[(id, row.Learner)].Select(a => Anomaly.LearnerOverlapOf(a.Counted, a.Other)));
                found.AddRange(of.Select(a => new AnomalyRow(id, row.Learner, a)));
            }
        }

        return found;
    }

    private IEnumerable<Anomaly> OfSession(SessionFacts read)
    {
        var session = read.Session;
        var date = session.Id.Date;
        var closed = read.Facts.OfType<Closed>().FirstOrDefault();
        if (session.Modality != Modality.Company && session.State != SessionState.Closed)
        {
            yield return Anomaly.NotClosed;
        }

        if (closed is not null && !RegionMonth.Signs(closed))
        {
            yield return Anomaly.TrainerNotSigned;
        }

        if (closed is not null && closed.HeadCount != closed.SignedCount)
        {
            yield return Anomaly.HeadCount;
        }

        if (date.DayOfWeek == DayOfWeek.Sunday)
        {
            yield return Anomaly.Sunday;
        }

        if (scope.IsHoliday(date))
        {
            yield return Anomaly.PublicHoliday;
        }

        if (scope.Training(session.TrainingRef) is { } training && (date < training.FirstDay || date > training.LastDay))
        {
            yield return Anomaly.OutsideTrainingDates;
        }

        if (_overlaps.Trainer(session))
        {
            yield return Anomaly.TrainerOverlap;
        }

        if (_overlaps.Room(session))
        {
            yield return Anomaly.RoomOverlap;
        }

        if (session.EditedByHand)
        {
            yield return Anomaly.EditedByHand;
        }

        if (session.LatePlanning)
        {
            yield return Anomaly.LatePlanning;
        }

        if (Countersigned.IsWanted(session, read.Facts))
        {
            yield return Anomaly.ClosedByOther;
        }
    }

    // By the half-days that the Région pays: how the others signed is not its business.
    private IEnumerable<Anomaly> OfMode(Session session, List<HalfDayRow> rows)
    {
        var signed = rows.Where(r => r.IsSigned).Select(r => r.Attendance.Method == SigningMethod.Paper).ToHashSet();
        var mode = scope.Modes.Of(session);
        if (mode == SigningMode.Electronic && signed.Contains(true))
        {
            yield return Anomaly.PaperInElectronicMonth;
        }

        if (mode == SigningMode.Paper && signed.Contains(false))
        {
            yield return Anomaly.ElectronicInPaperMonth;
        }
    }

    private IEnumerable<Anomaly> OfLearner(Session session, HalfDayRow row, IEnumerable<Fact> facts, HashSet<Reference> series)
    {
        if (session.Roster.LastOrDefault(r => r.Learner == row.Learner) is { Expected: true })
        {
            yield return Anomaly.UnplannedLearner;
        }

        var attendance = row.Attendance;
        var present = attendance.Status is AttendanceStatus.Present or AttendanceStatus.Late or AttendanceStatus.LeftEarly;
        if (attendance.Status == AttendanceStatus.NotSigned && session.OpenedAt is not null && session.Modality != Modality.Company)
        {
            yield return Anomaly.Unsigned;
        }

        if (present && !row.IsSigned)
        {
            yield return Anomaly.PresentWithoutSignature;
        }

        if (!present && attendance.SignedAt is not null)
        {
            yield return Anomaly.SignedThenAbsent;
        }

        if (facts.OfType<Corrected>().Any())
        {
            yield return Anomaly.Corrected;
        }

        if (facts.OfType<Signed>().FirstOrDefault() is not { } signed)
        {
            yield break;
        }

        if (SigningWindow.Of(session, scope.Organisation).Check(signed.At) is not null)
        {
            var day = scope.Organisation.Zone.DateAt(signed.At);
            yield return day == session.Id.Date || day == scope.Organisation.Zone.DateAt(session.End)
                ? Anomaly.SignatureOutsideWindow
                : Anomaly.SignatureOtherDay;
        }

        if (series.Contains(row.Learner))
        {
            yield return Anomaly.SignaturesInSeries;
        }

        if (signed.DrawingReused)
        {
            yield return Anomaly.DrawingReused;
        }

        if (signed.Device is { } device && signed.Method != SigningMethod.Tablet && _sharedDevices.Contains(device))
        {
            yield return Anomaly.DeviceShared;
        }
    }
}
