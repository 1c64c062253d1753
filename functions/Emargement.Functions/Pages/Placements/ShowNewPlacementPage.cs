using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Web.Placements.Following;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Placements;

/// <summary><c>GET o/{org}/new-placement?q=&amp;learner=</c>: finds a learner by name or reference, then shows the form of a placement for one of their enrolments.</summary>
public sealed class ShowNewPlacementPage(OrganisationSettings organisations, LearnersTable learners, TrainingsTable trainings, EnrolmentsTable enrolments)
{
    private const int MaxFound = 20;
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    [Function("ShowNewPlacementPage")]
    [Access(Callers.Manager)]
    [Page]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/new-placement")] HttpRequest request, string org, CancellationToken cancellation)
    {
        var organisation = await organisations.GetAsync(org, cancellation);
        if (!organisation.IsOk)
        {
            return await request.RefusalPageAsync(null, organisation.Refusal);
        }

        var id = organisation.Value.Id;
        var query = request.Query["q"].FirstOrDefault()?.Trim();
        var chosen = Reference.TryParse(request.Query["learner"].FirstOrDefault(), out var reference) ? (await learners.FindAsync(id, reference, cancellation))?.Value : null;
        var model = new NewPlacementModel(
            id,
            query,
            chosen is null && query is { Length: > 0 } ? await FindAsync(id, query, cancellation) : [],
            chosen is null ? null : Found(chosen),
            chosen is null ? [] : await EnrolmentsAsync(id, chosen.Ref, cancellation));
        return await request.PageAsync<NewPlacementPage, NewPlacementModel>(organisation.Value, model);
    }

    private static FoundLearnerModel Found(Learner learner) => new(learner.Ref.Value, $"{learner.FirstName} {learner.LastName}");

    // Read through: an organisation has some thousands of learners, in pages of 1,000, and a manager asks a few times a week.
    private async Task<IReadOnlyList<FoundLearnerModel>> FindAsync(OrganisationId organisation, string query, CancellationToken cancellation) =>
        await learners.AllAsync(organisation, cancellation)
            .Select(stored => stored.Value)
            .Where(l => Holds($"{l.FirstName} {l.LastName}", query) || Holds($"{l.LastName} {l.FirstName}", query) || Holds(l.Ref.Value, query))
            .Take(MaxFound)
            .Select(Found)
            .ToListAsync(cancellation);

    private static bool Holds(string text, string query) => CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, query, Loosely) >= 0;

    private async Task<IReadOnlyList<FoundEnrolmentModel>> EnrolmentsAsync(OrganisationId organisation, Reference learner, CancellationToken cancellation)
    {
        var found = new List<FoundEnrolmentModel>();
        foreach (var enrolment in await enrolments.OfLearnerAsync(organisation, learner, cancellation))
        {
            var training = await trainings.FindAsync(organisation, enrolment.TrainingRef, cancellation);
            var last = enrolment.Periods[^1];
            found.Add(new FoundEnrolmentModel(
                enrolment.TrainingRef.Value, training?.Value.Title ?? enrolment.TrainingRef.Value, enrolment.Group, last.Company, last.TutorName, last.TutorEmail?.Value));
        }

        return found;
    }
}
