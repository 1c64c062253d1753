using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Statements;
using Emargement.Web.Statements;

namespace Emargement.Functions.Pages.Statements;

/// <summary>Makes the page of a learner's certificates and statements.</summary>
public sealed class ShowLearnerStatements(
    ListStatements list, LearnersTable learners, EnrolmentsTable enrolments, TrainingsTable trainings, TimeProvider time)
{
    /// <returns>The page, or <c>learner-not-found</c>.</returns>
    public async Task<Result<LearnerStatementsModel>> RunAsync(
        Organisation organisation, Reference learner, StatementAsked? asked, CancellationToken cancellation)
    {
        if (await learners.FindAsync(organisation.Id, learner, cancellation) is not { Value: var person })
        {
            return Refusal.NotFound("learner-not-found");
        }

        var enrolled = (await enrolments.OfLearnerAsync(organisation.Id, learner, cancellation)).Select(e => e.TrainingRef).ToHashSet();
        var all = await trainings.AllAsync(organisation.Id, cancellation).Select(t => t.Value).ToListAsync(cancellation);
        var own = all.Where(t => enrolled.Contains(t.Ref)).OrderByDescending(t => t.FirstDay).ToList();
        return (await list.OfLearnerAsync(organisation.Id, learner, cancellation)).Then(statements => new LearnerStatementsModel
        {
            Organisation = organisation.Id,
            Learner = learner,
            Name = $"{person.FirstName} {person.LastName}",
            Trainings = StatementForms.Choices(own),
            Asked = asked ?? StatementForms.First(own.FirstOrDefault(), organisation.Zone.DateAt(time.GetUtcNow())),
            Statements = [.. statements.Select(s => new StatementLine(
                s.Code, s.Kind, all.FirstOrDefault(t => t.Ref == s.Training)?.Title ?? s.Training.Value, s.First, s.Last, s.Version,
                s.SealedAt, s.Superseded))],
        });
    }
}
