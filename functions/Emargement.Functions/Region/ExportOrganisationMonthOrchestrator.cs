using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Emargement.Functions.Region;

/// <summary>Input of one organisation's part of a run.</summary>
/// <param name="Amended">Whether it says an amendment of a closed month.</param>
public sealed record OrganisationExportRun(
    string Region, string Month, string Organisation, string Run, string By, DateTimeOffset At, bool Amended = false);

/// <summary>One version that a run wrote.</summary>
public sealed record ExportedVersion(string Organisation, string Nda, int Version);

/// <summary>
/// Exports one organisation's month, trying again when the storage fails: a second try comes back to the version of the first.
/// </summary>
public sealed class ExportOrganisationMonthOrchestrator
{
    public const string Name = "ExportOrganisationMonth";

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 5, firstRetryInterval: TimeSpan.FromSeconds(10), backoffCoefficient: 2));

    [Function(Name)]
    public static Task<ExportedVersion?> Run([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<ExportedVersion?>(
            WriteOrganisationExportActivity.Name, context.GetInput<OrganisationExportRun>(), Retries);
}
