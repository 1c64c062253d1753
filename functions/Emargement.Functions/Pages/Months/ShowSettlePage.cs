using System.Globalization;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;
using Emargement.Functions.Months.Settling;
using Emargement.Functions.Pages.Planning;
using Emargement.Functions.Pages.Sessions.Paper;
using Emargement.Functions.Placements;
using Emargement.Web.Months;
using Emargement.Web.Planning;
using Emargement.Web.Platform;

namespace Emargement.Functions.Pages.Months;

/// <summary>Makes what « À régler » shows: one range of what waits, a point read, and the count of the placements; where files and people
/// do not say the same, their rows and the trainers' names too.</summary>
public sealed class ShowSettlePage(ListPending list, PlacementsTable placements, ShowConflicts conflicts, TimeProvider time)
{
    public async Task<Result<SettleModel>> RunAsync(
        Organisation organisation, Result<PendingQuestion> asked, bool started, Texts texts, CancellationToken cancellation)
    {
        var found = await asked.ThenAsync(q => list.RunAsync(organisation, q, cancellation));
        if (!found.IsOk)
        {
            return found.Refusal;
        }

        var (page, kind, month) = (found.Value, asked.Value!.Kind, asked.Value.Month);
        var sides = await conflicts.WaitingAsync(
            organisation, page.Items.Where(i => i.Kind == PendingKind.Conflict).Select(i => i.Session), texts, cancellation);
        return new SettleModel
        {
            Organisation = organisation.Id,
            Current = month ?? YearMonth.Of(organisation.Zone.DateAt(time.GetUtcNow())),
            Lines = [.. page.Items.Select(i => Line(organisation.Id, i, texts) with { Sides = SidesOf(i, sides) })],
            Counts = page.Counts,
            Kind = kind,
            Month = month,
            ComputedAt = page.ComputedAt,
            Started = started,
            Placements = await placements.CountAsync(organisation.Id, PlacementProgress.NeedingHand, cancellation),
            More = page.More is { } more ? Address(organisation.Id, kind, month) + $"continuation={Uri.EscapeDataString(more)}" : null,
        };
    }

    private static string Address(OrganisationId organisation, PendingKind? kind, YearMonth? month) =>
        $"/o/{organisation}/settle?{(kind is { } of ? $"kind={PendingItem.CodeOf(of)}&" : "")}{(month is { } m ? $"month={m}&" : "")}";

    internal static string JustifyQuery(PendingItem item)
    {
        var (day, half) = (item.Session.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), (int)item.Session.HalfDay);
        return $"learner={Uri.EscapeDataString(item.Learner!.Value.Value)}&first={day}&first-half={half}&last={day}&last-half={half}";
    }

    internal static SettleLineModel Line(OrganisationId organisation, PendingItem item, Texts texts)
    {
        var session = $"/o/{organisation}/sessions/{item.Session}";
        var matrix = $"/o/{organisation}/months/{item.Session.Month}/groups/{new GroupKey(item.Training, item.Group).Path}";
        var paper = PaperWeek.Of(item.Training, item.Group, item.Session.Date).Address(organisation);
        var see = new LinkModel(session, texts["settle.see"]);
        var (remedy, others) = item.Kind switch
        {
            PendingKind.NotOpened => (see, new[]
            {
                new LinkModel(session + "/edit", texts["settle.change"]), new LinkModel(paper, texts["settle.record-paper"]),
            }),
            PendingKind.PaperDue => (new LinkModel(paper, texts["settle.record"]), [see]),
            PendingKind.NotClosed => (new LinkModel(session, texts["settle.close"]), []),
            PendingKind.Takeover => (new LinkModel(session + "/confirmation", texts["settle.confirm"]), [see]),
            PendingKind.UnknownPerson => (new LinkModel(session + "#unknown", texts["settle.enrol"]), []),
            PendingKind.AbsenceWaiting => (
                new LinkModel($"/o/{organisation}/absences/{item.Absence}", texts["settle.examine"]), [see]),
            PendingKind.AbsenceDue => (
                new LinkModel($"/o/{organisation}/justify?{JustifyQuery(item)}", texts["settle.justify"]),
                [new LinkModel(matrix, texts["settle.matrix"]), see]),
            _ when item.Blocks == Blocking.Accepted => (see, [new LinkModel(
                $"/o/{organisation}/months/{item.Session.Month}/validation#code-{item.Code}", texts["settle.accept"])]),
            _ => (see, Array.Empty<LinkModel>()),
        };
        return new SettleLineModel(
            item.Code ?? PendingItem.CodeOf(item.Kind),
            $"{item.Title ?? item.Training.Value}, {item.Group}",
            item.Session,
            item.Name,
            item.Since,
            item.Blocks,
            session,
            remedy,
            others)
        {
            Posts = item.Kind == PendingKind.Takeover,
        };
    }

    private static ConflictModel? SidesOf(PendingItem item, IReadOnlyDictionary<SessionId, ConflictModel> sides) =>
        item.Kind == PendingKind.Conflict ? sides.GetValueOrDefault(item.Session) : null;
}
