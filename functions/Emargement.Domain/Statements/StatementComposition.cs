using Emargement.Domain.People;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sheets;

namespace Emargement.Domain.Statements;

/// <summary>The sealed sheet of a half-day, as a statement names it.</summary>
/// <param name="Code">In groups of four, as printed.</param>
public sealed record SheetNamed(string Code, int Version);

/// <summary>Turns what was reckoned into what a statement prints.</summary>
public static class StatementComposition
{
    /// <param name="learner">Null when the person's row is gone: the reference stands in.</param>
    /// <param name="sheet">The latest sealed sheet of a Session.</param>
    public static StatementContent Of(
        StatementKind kind,
        Organisation organisation,
        Training? training,
        Learner? learner,
        StatementSpan span,
        Reckoned reckoned,
        Func<SessionId, SheetNamed?> sheet,
        Signatory? signatory,
        DateTimeOffset writtenAt) => new()
        {
            Kind = kind,
            Organisation = new SheetOrganisation(organisation.Name, organisation.Nda, organisation.Siret),
            Training = training?.Title ?? reckoned.Training.Value,
            RegionNumber = training?.RegionNumber,
            Learner = learner is null
                ? reckoned.Learner.Value
                : $"{learner.Title} {learner.LastName.ToUpper(DocumentTexts.French)} {learner.FirstName}".Trim(),
            Span = span,
            Figures = reckoned.Figures,
            Months = kind == StatementKind.IndividualSheet
                ? [.. reckoned.Months.Select(m => Month(m, organisation.Zone, sheet))]
                : [],
            WeeksPending = reckoned.Weeks.Count(w => w.Status != PlacementWeekRow.ValidatedStatus),
            Sheets = reckoned.HalfDays.Count(h => sheet(h.Row.Session) is not null),
            Signatory = kind == StatementKind.CompletionCertificate ? signatory : null,
            WrittenAt = writtenAt,
        };

    private static StatementMonth Month(ReckonedMonth month, SiteZone zone, Func<SessionId, SheetNamed?> sheet) => new(
        StatementWords.Month(month.Month),
        [.. month.HalfDays.OrderBy(h => h.Row.Session).Select(h => HalfDay(h.Row, zone, sheet(h.Row.Session)))],
        [.. month.Weeks.Select(w => new StatementWeek(
            w.Week, w.Company ?? "", w.Tutor ?? "", w.DeclaredMinutes, w.ValidatedMinutes, StatementWords.Week(w), w.Document ?? ""))],
        month.Figures);

    private static StatementHalfDay HalfDay(Region.HalfDayRow row, SiteZone zone, SheetNamed? sheet) => new(
        StatementWords.HalfDay(row.Session),
        $"{DocumentTexts.Hour(row.Start)} – {DocumentTexts.Hour(row.End)}",
        string.Join(", ", new[] { row.Module, SheetComposition.ModalityText(row.Modality) }.Where(p => !string.IsNullOrWhiteSpace(p))),
        row.Trainer ?? "",
        StatementWords.Status(row.Attendance),
        row.PlannedMinutes,
        row.Attendance.Done,
        StatementWords.Method(row.Attendance.Method),
        row.Attendance.SignedAt is { } at ? DocumentTexts.Second(zone.ToLocal(at)) : "",
        sheet is null ? "" : $"{sheet.Code} v{sheet.Version}");
}
