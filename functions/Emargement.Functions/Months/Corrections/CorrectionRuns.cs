using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Months.Corrections;

/// <summary>How far the work after several corrections is.</summary>
/// <param name="State">running, completed or failed.</param>
public sealed record CorrectionsStatus(string Run, string State);

/// <summary>Starts and looks at the work that several corrections leave: their sheets.</summary>
public static class CorrectionRuns
{
    /// <summary>Starts it. While a run of the same half-days is under way, another follows under its own name.</summary>
    public static async Task<Result<CorrectionsMade>> StartAsync(
        DurableTaskClient client, OrganisationId organisation, CorrectionsMade made, CancellationToken cancellation)
    {
        if (made.Run is not { } run)
        {
            return made;
        }

        var input = new SealManyRun(
            organisation.Value,
            [.. made.Sessions.Select(s => s.ToString())],
            [.. made.Sessions.Select(s => s.Month.ToString()).Distinct()]);
        if (await client.StartOnceAsync(SealManyOrchestrator.Name, Id(organisation, run), input, cancellation))
        {
            return made;
        }

        var next = Guid.NewGuid().ToString("N");
        await client.StartOnceAsync(SealManyOrchestrator.Name, Id(organisation, next), input, cancellation);
        return made with { Run = next };
    }

    /// <returns>How far it is, or <c>run-unknown</c>.</returns>
    public static async Task<Result<CorrectionsStatus>> FindAsync(
        DurableTaskClient client, OrganisationId organisation, string run, CancellationToken cancellation) =>
        run.All(char.IsAsciiHexDigit)
        && await client.GetInstanceAsync(Id(organisation, run), cancellation).InTimeAsync(cancellation) is { } found
            ? new CorrectionsStatus(
                run, found.RuntimeStatus == OrchestrationRuntimeStatus.Completed ? "completed" : found.IsCompleted ? "failed" : "running")
            : Refusal.NotFound("run-unknown");

    private static string Id(OrganisationId organisation, string run) => $"corrections-{organisation}-{run}";
}
