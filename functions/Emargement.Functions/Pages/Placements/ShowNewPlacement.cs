using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Web.Placements.Following;

namespace Emargement.Functions.Pages.Placements;

/// <summary>Finds a learner by name or reference, then makes what the form of a placement shows for one of their enrolments.</summary>
public sealed class ShowNewPlacement(LearnersTable learners, TrainingsTable trainings, EnrolmentsTable enrolments)
{
    private const int MaxFound = 20;
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    /// <param name="query">What was searched; null at first.</param>
    /// <param name="learner">Reference of the learner chosen.</param>
    public async Task<Result<NewPlacementModel>> RunAsync(
        OrganisationId organisation, string? query, string? learner, CancellationToken cancellation)
    {
        var searched = query is null ? null : PlainText.Of(query);
        var chosen = Reference.TryParse(learner, out var reference)
            ? (await learners.FindAsync(organisation, reference, cancellation))?.Value
            : null;
        return new NewPlacementModel(
            organisation,
            searched,
            chosen is null && searched is { Length: > 0 } ? await FindAsync(organisation, searched, cancellation) : [],
            chosen is null ? null : Found(chosen),
            chosen is null ? [] : await EnrolmentsAsync(organisation, chosen.Ref, cancellation));
    }

    private static FoundLearnerModel Found(Learner learner) => new(learner.Ref.Value, $"{learner.FirstName} {learner.LastName}");

    // Read through: an organisation has some thousands of learners, in pages of 1,000, and a manager asks a few times a week.
    private async Task<IReadOnlyList<FoundLearnerModel>> FindAsync(
        OrganisationId organisation, string query, CancellationToken cancellation) =>
        await learners.AllAsync(organisation, cancellation)
            .Select(stored => stored.Value)
            .Where(l => Holds($"{l.FirstName} {l.LastName}", query)
                || Holds($"{l.LastName} {l.FirstName}", query)
                || Holds(l.Ref.Value, query))
            .Take(MaxFound)
            .Select(Found)
            .ToListAsync(cancellation);

    private static bool Holds(string text, string query) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, query, Loosely) >= 0;

    private async Task<IReadOnlyList<FoundEnrolmentModel>> EnrolmentsAsync(
        OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var found = new List<FoundEnrolmentModel>();
        foreach (var enrolment in await enrolments.OfLearnerAsync(organisation, learner, cancellation))
        {
            var training = await trainings.FindAsync(organisation, enrolment.TrainingRef, cancellation);
            var last = enrolment.Periods[^1];
            found.Add(new FoundEnrolmentModel(
                enrolment.TrainingRef.Value,
                training?.Value.Title ?? enrolment.TrainingRef.Value,
                enrolment.Group,
                last.Company,
                last.TutorName,
                last.TutorEmail?.Value));
        }

        return found;
    }
}
