using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Durable;
using Emargement.Functions.Statements.Signing;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Statements.Bulk;

/// <summary>How far the issuing of a training's statements is.</summary>
/// <param name="State">none, running, completed or failed.</param>
/// <param name="Made">Once completed.</param>
public sealed record StatementsStatus(string State, StatementsMade? Made);

/// <summary>Starts and looks at the issuing of a training's statements.</summary>
public sealed class StatementRuns(TrainingsTable trainings, UseSignatory signatories)
{
    /// <returns>That it runs, or <c>training-unknown</c>, or why a certificate is not the caller's to ask for.</returns>
    public async Task<Result<StatementsStatus>> StartAsync(
        DurableTaskClient client, Organisation organisation, TrainingStatements asked, Caller caller, CancellationToken cancellation)
    {
        if (await trainings.FindAsync(organisation.Id, asked.Training, cancellation) is null)
        {
            return Refusal.NotFound("training-unknown");
        }

        var signs = await signatories.OfAsync(organisation.Id, asked.Kind, caller.Id, cancellation);
        if (!signs.IsOk)
        {
            return signs.Refusal;
        }

        var run = StatementsRun.Of(organisation.Id, asked, caller.Id);
        await client.StartOnceAsync(StatementsOrchestrator.Name, run.Id, run, cancellation);
        return new StatementsStatus("running", null);
    }

    /// <returns>How far the last run of these statements is.</returns>
    public static async Task<StatementsStatus> FindAsync(
        DurableTaskClient client, OrganisationId organisation, TrainingStatements asked, CancellationToken cancellation)
    {
        var run = StatementsRun.Of(organisation, asked, "").Id;
        return await client.GetInstanceAsync(run, getInputsAndOutputs: true, cancellation).InTimeAsync(cancellation) switch
        {
            null => new StatementsStatus("none", null),
            { RuntimeStatus: OrchestrationRuntimeStatus.Completed } found =>
                new StatementsStatus("completed", found.ReadOutputAs<StatementsMade>()),
            { IsCompleted: true } => new StatementsStatus("failed", null),
            _ => new StatementsStatus("running", null),
        };
    }
}
