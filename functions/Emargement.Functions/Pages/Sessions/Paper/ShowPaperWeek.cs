using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sessions.Modes;
using Emargement.Functions.Sessions.Paper;
using Emargement.Web.Sessions.Paper;

namespace Emargement.Functions.Pages.Sessions.Paper;

/// <summary>A group's week, as the page's address names it.</summary>
public sealed record PaperWeek(Reference Training, string Group, IsoWeek Week)
{
    /// <summary>That of a half-day's day.</summary>
    public static PaperWeek Of(Reference training, string group, DateOnly day) => new(training, group, IsoWeek.Of(day));

    /// <summary>The months of its days.</summary>
    public IEnumerable<YearMonth> Months => [YearMonth.Of(Week.Monday), YearMonth.Of(Week.Sunday)];

    /// <summary>Where the page of this week, or of another one, is.</summary>
    public string Address(OrganisationId organisation, IsoWeek? week = null) =>
        $"/o/{organisation}/paper/{Training.Key}/{Reference.Parse(Group).Key}/{week ?? Week}";
}

/// <summary>What the page is asked to show of its week.</summary>
/// <param name="Scan">SHA-256 of the scan to enter from; null until it was sent.</param>
/// <param name="Day">The only day to show; null for all.</param>
public sealed record PaperAsked(PaperWeek Week, string? Scan, DateOnly? Day);

/// <summary>Makes what the page of a paper week shows.</summary>
public sealed class ShowPaperWeek(
    SessionsTable sessions, FactsTable facts, SessionScenes scenes, TrainersTable trainers, GroupModesTable modes, SheetScans scans,
    TimeProvider time)
{
    /// <returns>The week, or <c>training-unknown</c>, or <c>scan-unknown</c>.</returns>
    public async Task<Result<PaperModel>> RunAsync(Organisation organisation, PaperAsked asked, CancellationToken cancellation)
    {
        var week = asked.Week;
        if (await scenes.TrainingAsync(organisation.Id, week.Training, cancellation) is not { } training)
        {
            return Refusal.NotFound("training-unknown");
        }

        var all = await SessionsAsync(organisation, week, cancellation);
        var day = all.Any(s => s.Id.Date == asked.Day) ? asked.Day : null;
        var found = all.Where(s => day is null || s.Id.Date == day).ToList();
        var model = new PaperModel
        {
            Organisation = organisation.Id,
            Address = week.Address(organisation.Id),
            Before = week.Address(organisation.Id, IsoWeek.Of(week.Week.Monday.AddDays(-7))),
            After = week.Address(organisation.Id, IsoWeek.Of(week.Week.Monday.AddDays(7))),
            Training = week.Training,
            Title = training.Title,
            Group = week.Group,
            Monday = week.Week.Monday,
            Print = $"/api/organisations/{organisation.Id}/groups/{week.Training.Key}/{Reference.Parse(week.Group).Key}/blank.pdf",
            Week = week.Week.ToString(),
            Days = [.. all.Select(s => s.Id.Date).Distinct()],
            Day = day,
            HalfDays = await ColumnsAsync(organisation, found, cancellation),
            People = await PeopleAsync(found, cancellation),
        };
        return asked.Scan is { } scan && all.Count > 0 ? await WithScanAsync(model, all[0], scan, cancellation) : model;
    }

    // The half-days that are signed in a room or from a distance.
    private async Task<IReadOnlyList<Session>> SessionsAsync(
        Organisation organisation, PaperWeek week, CancellationToken cancellation) =>
        await sessions.OfTrainingAsync(organisation.Id, week.Training, week.Week.Monday, week.Week.Sunday, cancellation)
            .Where(s => s.Groups.Contains(week.Group) && s.Modality != Modality.Company && s.State != SessionState.Cancelled)
            .OrderBy(s => s.Start)
            .ToListAsync(cancellation);

    private async Task<Result<PaperModel>> WithScanAsync(
        PaperModel model, Session first, string scan, CancellationToken cancellation) =>
        await scans.TypeAsync(model.Organisation, model.Training, first.Id.Month, scan, cancellation) is { } type
            ? model with
            {
                Scan = scan,
                ScanHref = $"/api/organisations/{model.Organisation}/sessions/{first.Id}/scans/{scan}",
                ScanIsPicture = type.StartsWith("image/", StringComparison.Ordinal),
            }
            : Refusal.NotFound("scan-unknown");

    private async Task<IReadOnlyList<PaperLineModel>> PeopleAsync(IReadOnlyList<Session> found, CancellationToken cancellation)
    {
        var rosters = new List<IReadOnlyList<RosterLine>>();
        foreach (var session in found)
        {
            rosters.Add(await scenes.RosterAsync(session, cancellation));
        }

        return
        [
            .. EnrolmentsTable.ToldApart([.. rosters.SelectMany(r => r).DistinctBy(l => l.Learner)]).Select(l => new PaperLineModel(
                l.Learner.Key,
                l.Apart is { } apart ? $"{l.LastName} {l.FirstName} ({apart})" : $"{l.LastName} {l.FirstName}",
                [.. rosters.Select(r => r.Any(o => o.Learner == l.Learner))])),
        ];
    }

    private async Task<IReadOnlyList<PaperColumnModel>> ColumnsAsync(
        Organisation organisation, IReadOnlyList<Session> found, CancellationToken cancellation)
    {
        var known = await modes.LatelyAsync(organisation.Id, cancellation);
        var names = new Dictionary<Reference, string?>();
        foreach (var trainer in found.Select(s => s.TrainerRef).OfType<Reference>().Distinct())
        {
            names[trainer] = SessionViews.NameOf((await trainers.FindAsync(organisation.Id, trainer, cancellation))?.Value);
        }

        var columns = new List<PaperColumnModel>();
        foreach (var session in found)
        {
            columns.Add(new PaperColumnModel(
                session.Id, session.Start, session.End, known.Of(session), await StateAsync(organisation, session, cancellation),
                session.TrainerRef is { } trainer ? names[trainer] : null));
        }

        return columns;
    }

    // The facts decide: they are asked of what somebody may have signed.
    private async Task<PaperState> StateAsync(Organisation organisation, Session session, CancellationToken cancellation) =>
        session.State == SessionState.Closed ? PaperState.Closed
        : time.GetUtcNow() < SigningWindow.Of(session, organisation).OpensAt ? PaperState.ToCome
        : session.State == SessionState.Open
            && (await facts.OfSessionWithoutDrawingsAsync(organisation.Id, session.Id, cancellation)).Any(f => f is Signed)
                ? PaperState.Signed
        : PaperState.Waits;
}
