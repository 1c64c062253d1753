using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning;

/// <summary>Where an import comes from.</summary>
/// <param name="Workflows">Starts and wakes the workflows of placements.</param>
/// <param name="Address">The public address of the call, for the links of later mails; null at night.</param>
public sealed record ImportCall(DurableTaskClient Workflows, string? Address);

/// <summary>What an import knows of the time in companies once its planning is written.</summary>
/// <param name="Enrolments">Of the trainings that the files name, as they now are.</param>
/// <param name="First">The first day of these trainings.</param>
public sealed record CompanyPlanning(
    Organisation Organisation, CompanyDays Days, IReadOnlyCollection<Enrolment> Enrolments, DateOnly First, DateOnly Last, DateOnly Today);

/// <summary>What follows from days in companies once their planning is written: placements.</summary>
public interface IPlanningFollower
{
    /// <param name="lineOf">Line of the learners' file that names a learner; 0 when it does not.</param>
    /// <param name="dryRun">Report only.</param>
    /// <returns>Counts of placements; those that a person's act keeps as they are count as rejected and have their line.</returns>
    Task<ImportCounts> RunAsync(
        CompanyPlanning planning, ImportJournal journal, Func<Reference, int> lineOf, bool dryRun, ImportCall call,
        CancellationToken cancellation);
}
