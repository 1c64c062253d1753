using System.Globalization;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Domain.Sessions;
using Emargement.Functions.Absences.Reasons;
using Emargement.Functions.Months;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Platform.Http.Bodies;
using Emargement.Web.Months;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.Months;

/// <summary>Makes what the page of a group's month shows, and what a form on it would change.</summary>
public sealed class ShowGroupPage(ShowGroupMonth show, KnownReasons reasons, MonthsTable months, TimeProvider time)
{
    private const int Days = 14;

    /// <param name="from">The first day of a fortnight, yyyy-MM-dd; null for the one of today, or else the last that is over.</param>
    /// <param name="whole">The whole month, for reading.</param>
    public async Task<Result<GroupModel>> RunAsync(
        Organisation organisation, YearMonth month, GroupKey key, string? from, bool whole, CancellationToken cancellation)
    {
        var shown = await show.RunAsync(organisation, month, key, cancellation);
        if (!shown.IsOk)
        {
            return shown.Refusal;
        }

        var all = shown.Value.Sessions;
        var fortnights = all.Select(s => StartOf(s.Session.Date)).Distinct().Order().ToList();
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var first = CalendarDay.TryParse(from, out var day) && fortnights.Contains(day)
            ? day
            : fortnights.LastOrDefault(f => f <= today, fortnights.FirstOrDefault());
        var halfDays = all.Where(s => whole || (s.Session.Date >= first && s.Session.Date < first.AddDays(Days))).ToList();
        return new GroupModel
        {
            Organisation = organisation.Id,
            Month = month,
            Title = shown.Value.Group.Title ?? key.Training.Value,
            Group = key.Group,
            Address = $"/o/{organisation.Id}/months/{month}/groups/{key.Path}",
            ComputedAt = shown.Value.ComputedAt,
            HalfDays = halfDays,
            Lines = Lines(shown.Value.Learners, halfDays),
            Reasons = await ReasonsAsync(organisation, cancellation),
            MayCorrect = organisation.Refuses(month) is null,
            MayAsk = organisation.LockedMonths.Contains(month)
                && (await months.FindAsync(organisation.Id, month, cancellation)).Value.Propose().IsOk,
            Fortnights = fortnights,
            From = whole ? null : first,
        };
    }

    // For whoever pays: one that is not a learner's is refused for that learner, as by the API.
    private async Task<IReadOnlyList<(string Code, string Label)>> ReasonsAsync(
        Organisation organisation, CancellationToken cancellation)
    {
        var list = await reasons.OfAsync(organisation, cancellation);
        return
        [
            .. list.For(EnrolmentPeriod.RegionFunder).Concat(list.For(funder: null)).DistinctBy(r => r.Code)
                .Select(r => (r.Code, r.Label)),
        ];
    }

    /// <summary>What the form would change of the page that shows it.</summary>
    public static CorrectionEffect EffectOf(GroupModel shown, FormFields form)
    {
        var asked = form.All("cell").ToHashSet(StringComparer.Ordinal);
        var cells = shown.Lines.SelectMany(line => line.Cells.Index()
            .Where(c => c.Item is not null && asked.Contains($"{c.Item.Session}|{line.Key}"))
            .Select(c => (c.Item!, (int)(shown.HalfDays[c.Index].End - shown.HalfDays[c.Index].Start).TotalMinutes))).ToList();
        return CorrectionEffect.Of(cells, MarkOf(form) ?? AttendanceMark.Present, MinutesOf(form) ?? 0);
    }

    public static AttendanceMark? MarkOf(FormFields form) =>
        Enum.TryParse<AttendanceMark>(form.Text("mark"), out var mark) && Enum.IsDefined(mark) ? mark : null;

    public static int? MinutesOf(FormFields form) =>
        int.TryParse(form.Text("minutes"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : null;

    // From Mondays, so that a fortnight is two weeks.
    private static DateOnly StartOf(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return monday.DayNumber / 7 % 2 == 0 ? monday : monday.AddDays(-7);
    }

    private static IReadOnlyList<MatrixLineModel> Lines(IReadOnlyList<LearnerMonth> learners, IReadOnlyList<GroupHalfDay> halfDays)
    {
        var apart = Namesakes.Of(learners.Select(l => new ListedPerson(
            l.Learner, l.LastName, l.FirstName, CalendarDay.TryParse(l.BirthDate, out var birth) ? birth : null)));
        return
        [
            .. learners.Select(line =>
            {
                var cells = line.Cells.ToDictionary(c => c.Session);
                return new MatrixLineModel(
                    Namesakes.Named($"{line.LastName} {line.FirstName}", apart.GetValueOrDefault(line.Learner)),
                    line.Funder,
                    line.Funder == EnrolmentPeriod.RegionFunder,
                    line.Learner.Key,
                    [.. halfDays.Select(h => cells.GetValueOrDefault(h.Session))],
                    line.Figures);
            }),
        ];
    }
}
