using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Web.People;

namespace Emargement.Functions.Pages.People;

/// <summary>Shows how a learner stands in a month: a point read a group in which they are enrolled then.</summary>
public sealed class ShowMonthOfLearner(OrganisationSettings organisations, LearnerMonthsTable months, TimeProvider time)
{
    /// <param name="asked">The month, as yyyy-MM; anything else for the present one.</param>
    /// <returns>The half-days in which the learner was expected when the month was calculated last; null without any enrolment.</returns>
    public async Task<MonthStrip?> RunAsync(
        OrganisationId organisation, Reference learner, IEnumerable<Enrolment> enrolments, string? asked, CancellationToken cancellation)
    {
        var settings = await organisations.GetAsync(organisation, cancellation);
        if (!settings.IsOk)
        {
            return null;
        }

        var now = YearMonth.Of(settings.Value.Zone.DateAt(time.GetUtcNow()));
        var month = YearMonth.TryParse(asked, out var other) && other.CompareTo(now) < 0 ? other : now;
        var groups = enrolments.Where(e => e.Periods.Any(p => p.Entry <= month.LastDay && (p.Exit ?? month.LastDay) >= month.FirstDay))
            .Select(e => new GroupKey(e.TrainingRef, e.Group)).ToList();
        if (groups.Count == 0 && month == now)
        {
            return null;
        }

        var lines = await Task.WhenAll(groups.Select(g => months.FindAsync(organisation, month, g, learner, cancellation)));
        var cells = lines.OfType<LearnerMonth>().SelectMany(l => l.Cells).DistinctBy(c => c.Session).OrderBy(c => c.Session.Date)
            .ThenBy(c => c.Session.HalfDay).ToList();
        return new MonthStrip(month, month == now, [.. cells.Select(c => new StripCell(c.Session, c.Status, c.Late + c.LeftEarly))]);
    }
}
