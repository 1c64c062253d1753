using Emargement.Domain.Placements;
using Emargement.Functions.People;

namespace Emargement.Functions.Placements.Tutors;

/// <summary>What a tutor sees: the weeks that are theirs, and of the learner the name only.</summary>
/// <param name="ToValidate">How many days wait for the tutor.</param>
public sealed record TutorView(
    string Tutor,
    string Language,
    string Learner,
    string Organisation,
    string Company,
    string? Training,
    DateOnly FirstDay,
    DateOnly LastDay,
    int ToValidate,
    IReadOnlyList<WeekView> Weeks,
    IReadOnlyList<DocumentView> Documents);

/// <summary>Makes what a tutor sees, with the names of people and trainings.</summary>
public sealed class TutorViews(LearnersTable learners, TrainingsTable trainings)
{
    public async Task<TutorView> OfAsync(TutorScene scene, CancellationToken cancellation)
    {
        var (file, tutor) = (scene.File, scene.Tutor);
        var placement = file.State.Placement;
        var learner = await learners.FindAsync(placement.Organisation, placement.LearnerRef, cancellation);
        var training = await trainings.FindAsync(placement.Organisation, placement.TrainingRef, cancellation);
        var first = tutor.From > placement.Terms.FirstDay ? tutor.From : placement.Terms.FirstDay;
        var last = tutor.To < placement.Terms.LastDay ? tutor.To : placement.Terms.LastDay;
        return new TutorView(
            tutor.Name,
            tutor.Language,
            learner is null ? placement.LearnerRef.Value : $"{learner.Value.FirstName} {learner.Value.LastName}",
            file.Organisation.Name,
            placement.Terms.Company,
            training?.Value.Title,
            first,
            last,
            TutorStatements.ToValidate(file.State, tutor).Count(),
            WeekView.Of(file, first, last),
            [
                .. file.State.Documents.Where(d => scene.AnswersFor(d.Period))
                    .Select(d => new DocumentView(d.Period, d.Version, d.At, d.Sha256, d.Code)),
            ]);
    }
}
