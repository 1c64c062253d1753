using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Statements.Issuing;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Statements.Bulk;

/// <summary>The learners of a training who are in it between two days, group by group: those of a group share their sessions.</summary>
public sealed class ListStatementLearnersActivity(EnrolmentsTable enrolments)
{
    public const string Name = "ListStatementLearners";

    [Function(Name)]
    public async Task<string[]> RunAsync([ActivityTrigger] StatementsRun input, CancellationToken cancellation)
    {
        var (training, _, span) = input.Asked;
        return await enrolments.OfTrainingAsync(input.OrganisationId, training, cancellation)
            .Select(e => e.Value.Enrolment)
            .Where(e => e.Periods.Any(p => p.Entry <= span.Last && (p.Exit is null || p.Exit >= span.First)))
            .OrderBy(e => e.Group, StringComparer.Ordinal)
            .ThenBy(e => e.LearnerRef)
            .Select(e => e.LearnerRef.Value)
            .Distinct()
            .ToArrayAsync(cancellation);
    }
}

/// <summary>Issues the statements of some learners. Done again, it finds those that are there.</summary>
public sealed class IssueStatementsActivity(OrganisationsTable organisations, IssueStatement issue)
{
    public const string Name = "IssueStatementsOfSome";

    [Function(Name)]
    public async Task<StatementRefused[]> RunAsync([ActivityTrigger] StatementsPart input, CancellationToken cancellation)
    {
        var run = input.Run;
        if (await organisations.FindAsync(run.OrganisationId, cancellation) is not { Value: var organisation })
        {
            return [.. input.Learners.Select(l => new StatementRefused(l, "organisation-unknown"))];
        }

        var outcomes = await issue.SeveralAsync(
            organisation, run.Asked, [.. input.Learners.Select(Reference.Parse)], run.By, cancellation);
        return [.. outcomes.Where(o => o.Value is not null).Select(o => new StatementRefused(o.Key.Value, o.Value!.Code))];
    }
}
