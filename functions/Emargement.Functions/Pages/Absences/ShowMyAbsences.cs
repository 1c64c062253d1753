using Emargement.Domain.Absences;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Records;
using Emargement.Web.Absences;

namespace Emargement.Functions.Pages.Absences;

/// <summary>Makes a learner's page of absences: a range, and a point read each.</summary>
public sealed class ShowMyAbsences(AbsencesTable absences, TimeProvider time)
{
    public async Task<Result<MyAbsencesModel>> RunAsync(
        Organisation organisation, Reference learner, string? filed, CancellationToken cancellation)
    {
        var today = organisation.Zone.DateAt(time.GetUtcNow());
        var own = await absences.OfLearnerAsync(organisation.Id, learner, cancellation);
        return new MyAbsencesModel(organisation.Id, [.. own.Reverse().Select(a => new MyAbsenceModel(
            a.Id, a.Span.First, a.Span.Last, AbsenceLabels.Of(a), a.StateOn(today), a.Files.Count,
            a.Files.Count == 0 && a.Filed is { DocumentRequired: true }, a.Decision?.HalfDays.Count ?? 0,
            a.Decision?.Text))])
        {
            Filed = filed,
        };
    }
}
