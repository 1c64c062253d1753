using Emargement.Domain.Absences;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Months.Settling;
using Emargement.Functions.Pages.Months;
using Emargement.Functions.People;
using Emargement.Web.Absences;

namespace Emargement.Functions.Pages.Absences;

/// <summary>Makes the list of absences: of those filed a range, of those that nobody filed the rows of « À régler ».</summary>
public sealed class ShowAbsences(AbsencesTable absences, ListPending pending, LearnersTable learners, TimeProvider time)
{
    public async Task<Result<AbsencesModel>> RunAsync(
        Organisation organisation, string? asked, string? askedMonth, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var tab = AbsencesModel.Tabs.FirstOrDefault(t => t == asked) ?? AbsencesModel.ToExamine;
        var undecided = (await absences.UndecidedAsync(organisation.Id, cancellation)).ToLookup(a => a.StateOn(today));
        var missing = await pending.RunAsync(organisation, new PendingQuestion(PendingKind.AbsenceDue, null, null), cancellation);
        if (!missing.IsOk)
        {
            return missing.Refusal;
        }

        var month = YearMonth.TryParse(askedMonth, out var parsed) ? parsed : YearMonth.Of(today);
        var model = new AbsencesModel(organisation.Id, tab, tab switch
        {
            AbsencesModel.Missing => [.. missing.Value.Items.Select(i => Missing(organisation.Id, i))],
            AbsencesModel.Announced => await LinesAsync(organisation, undecided[AbsenceState.Announced], today, cancellation),
            AbsencesModel.Decided => await LinesAsync(
                organisation, await absences.EndedAsync(organisation.Id, month, cancellation), today, cancellation),
            _ => await LinesAsync(organisation, undecided[AbsenceState.Waiting], today, cancellation),
        });
        return model with
        {
            Month = tab == AbsencesModel.Decided ? month : null,
            Counts = new Dictionary<string, int>
            {
                [AbsencesModel.ToExamine] = undecided[AbsenceState.Waiting].Count(),
                [AbsencesModel.Missing] = missing.Value.Counts.GetValueOrDefault(PendingKind.AbsenceDue),
                [AbsencesModel.Announced] = undecided[AbsenceState.Announced].Count(),
            },
        };
    }

    private async Task<IReadOnlyList<AbsenceLineModel>> LinesAsync(
        Organisation organisation, IEnumerable<Absence> found, DateOnly today, CancellationToken cancellation) =>
        await Task.WhenAll(found.Select(async absence => new AbsenceLineModel(
            await learners.NameAsync(organisation.Id, absence.Learner, cancellation),
            null,
            absence.Span.First,
            absence.Span.Last,
            AbsenceLabels.Of(absence),
            absence.Files.Count,
            absence.FiledAt,
            absence.StateOn(today),
            $"/o/{organisation.Id}/absences/{absence.Id}")));

    private static AbsenceLineModel Missing(OrganisationId organisation, PendingItem item) => new(
        item.Name ?? item.Learner?.Value ?? "",
        $"{item.Title ?? item.Training.Value}, {item.Group}",
        AbsencePoint.Of(item.Session),
        AbsencePoint.Of(item.Session),
        null,
        0,
        item.Since,
        null,
        $"/o/{organisation}/justify?{ShowSettlePage.JustifyQuery(item)}");
}

/// <summary>What pages call the reason of an absence.</summary>
internal static class AbsenceLabels
{
    public static string Of(Absence absence) => absence.Decision?.Reason?.Label ?? absence.Filed?.Label ?? absence.Code;

    /// <summary>A learner's name, or the reference where the person is no more.</summary>
    public static async Task<string> NameAsync(
        this LearnersTable learners, OrganisationId organisation, Reference learner, CancellationToken cancellation) =>
        await learners.FindAsync(organisation, learner, cancellation) is { Value: var person }
            ? $"{person.LastName} {person.FirstName}"
            : learner.Value;
}
