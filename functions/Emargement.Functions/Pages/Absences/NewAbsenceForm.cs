using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Calendar;
using Emargement.Functions.Absences.Reasons;
using Emargement.Web.Absences;

namespace Emargement.Functions.Pages.Absences;

/// <summary>Makes the form of a new absence, with the reasons that are proposed for its learner.</summary>
public sealed class NewAbsenceForm(KnownReasons reasons, TimeProvider time)
{
    public async Task<Result<NewAbsenceModel>> OfLearnerAsync(
        Organisation organisation, Reference learner, AbsenceFields fields, CancellationToken cancellation) => new NewAbsenceModel(
            organisation.Id,
            AbsenceForms.Reasons(await ProposedAsync(organisation, learner, fields, cancellation), reasonsOfLearners: true),
            fields);

    /// <param name="learner">As the address or the form says it; nobody yet, or nobody known, has the reasons of all.</param>
    public async Task<Result<NewAbsenceModel>> OfStaffAsync(
        Organisation organisation, string? learner, AbsenceFields fields, CancellationToken cancellation)
    {
        var proposed = Reference.TryParse(learner, out var known)
            ? await ProposedAsync(organisation, known, fields, cancellation)
            : (await reasons.OfAsync(organisation, cancellation)).For(funder: null);
        return new NewAbsenceModel(organisation.Id, AbsenceForms.Reasons(proposed, reasonsOfLearners: false), fields, learner ?? "");
    }

    private Task<IReadOnlyList<AbsenceReason>> ProposedAsync(
        Organisation organisation, Reference learner, AbsenceFields fields, CancellationToken cancellation)
    {
        var first = CalendarDay.TryParse(fields.First, out var day) ? day : organisation.Zone.DateAt(time.GetUtcNow());
        return reasons.ForAsync(organisation, learner, first, first.AddDays(AbsenceSpan.MostDays), cancellation);
    }
}
