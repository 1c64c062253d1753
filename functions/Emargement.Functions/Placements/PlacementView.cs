using Emargement.Domain.Placements;

namespace Emargement.Functions.Placements;

/// <summary>A placement as the API shows it.</summary>
/// <param name="Version">What a change must name.</param>
public sealed record PlacementView(
    string Id,
    string Learner,
    string Training,
    string Group,
    int Version,
    bool Cancelled,
    PlacementTerms Terms,
    PlacementProgress Progress,
    IReadOnlyList<WeekView> Weeks,
    IReadOnlyList<MailView> Mails,
    IReadOnlyList<DocumentView> Documents)
{
    public static PlacementView Of(PlacementFile file, DateTimeOffset now)
    {
        var placement = file.State.Placement;
        return new PlacementView(
            placement.Id.Value,
            placement.LearnerRef.Value,
            placement.TrainingRef.Value,
            placement.Group,
            placement.Version,
            placement.Cancelled,
            placement.Terms,
            PlacementProgress.Of(file.State, file.Calendar, file.Clock, now),
            WeekView.Of(file, placement.Terms.FirstDay, placement.Terms.LastDay),
            [.. file.State.Mails.Select(m => new MailView(m.At, m.Purpose, m.About, m.Step, m.To?.Value))],
            [.. file.State.Documents.Select(d => new DocumentView(d.Period, d.Version, d.At, d.Sha256, d.Code))]);
    }
}

/// <param name="Seen">How many statements the week had: what a tutor sends back when validating it.</param>
public sealed record WeekView(IsoWeek Week, int Seen, IReadOnlyList<DayView> Days)
{
    /// <summary>The weeks of some days of a placement: each day that is expected, or that somebody spoke of.</summary>
    public static IReadOnlyList<WeekView> Of(PlacementFile file, DateOnly first, DateOnly last) =>
    [
        .. IsoWeek.Between(first, last)
            .Select(week => new WeekView(
                week,
                file.State.NextSequence(week),
                [
                    .. new DayRange(week.Monday < first ? first : week.Monday, week.Sunday > last ? last : week.Sunday).Days()
                        .Select(day => DayView.Of(file, day))
                        .Where(day => day.Expected || day.Phase != DayPhase.Undeclared),
                ]))
            .Where(week => week.Days.Count > 0),
    ];
}

/// <param name="Minutes">Declared; null while nothing is.</param>
/// <param name="ValidatedMinutes">Null until validated or recorded from paper.</param>
/// <param name="Comment">What the learner wrote when maintaining.</param>
public sealed record DayView(
    DateOnly Date,
    bool Expected,
    bool Holiday,
    DayPhase Phase,
    int? Minutes,
    string? Start,
    string? End,
    int? BreakMinutes,
    string? Absence,
    bool? Justified,
    int? DisagreedMinutes,
    string? DisagreementReason,
    bool Maintained,
    string? Comment,
    int? ValidatedMinutes,
    bool Paper)
{
    public static DayView Of(PlacementFile file, DateOnly date)
    {
        var day = file.State.Day(date);
        var declared = day.Declaration;
        return new DayView(
            date,
            file.Calendar.IsExpected(date),
            file.Calendar.IsHoliday(date),
            day.Phase,
            declared?.Minutes,
            Hour(declared?.Start),
            Hour(declared?.End),
            declared?.BreakMinutes,
            declared?.AbsenceReason,
            declared?.AbsenceReason is null ? null : day.Justification is not null,
            day.Disagreement?.Minutes,
            day.Disagreement?.Reason,
            day.Maintained is not null,
            day.Maintained?.Comment,
            day.SettledMinutes,
            day.FromPaper);
    }

    private static string? Hour(TimeOnly? time) => time?.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}

public sealed record MailView(DateTimeOffset At, MailPurpose Purpose, string About, int Step, string? To);

public sealed record DocumentView(string Period, int Version, DateTimeOffset SealedAt, string Sha256, string Code);
