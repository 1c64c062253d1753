using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Statements.Bulk;

/// <summary>
/// Issues a training's statements, twenty learners at a time. Asked for again, it issues what changed, and finds the rest there.
/// </summary>
public static class StatementsOrchestrator
{
    public const string Name = "IssueStatements";

    private const int Together = 20;

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(5), backoffCoefficient: 2));

    [Function(Name)]
    public static async Task<StatementsMade> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var run = context.GetInput<StatementsRun>()!;
        var learners = await context.CallActivityAsync<string[]>(ListStatementLearnersActivity.Name, run, Retries);
        var parts = await Task.WhenAll(learners.Chunk(Together).Select(some => context.CallActivityAsync<StatementRefused[]>(
            IssueStatementsActivity.Name, new StatementsPart(run, some), Retries)));
        var refused = parts.SelectMany(part => part).ToList();
        return new StatementsMade(learners.Length - refused.Count, refused);
    }
}
