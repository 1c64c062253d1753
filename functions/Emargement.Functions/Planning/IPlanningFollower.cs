using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Planning.Writing;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Planning;

/// <summary>What an import knows of the time in companies once its planning is written.</summary>
/// <param name="Enrolments">Of the trainings that the files name, as they now are.</param>
/// <param name="First">The first day of these trainings.</param>
public sealed record CompanyPlanning(
    Organisation Organisation, CompanyDays Days, IReadOnlyCollection<Enrolment> Enrolments, DateOnly First, DateOnly Last, DateOnly Today);

/// <summary>What an import may do.</summary>
/// <param name="DryRun">Report only.</param>
/// <param name="Force">Accept a planning with fewer than half of the Sessions it would replace.</param>
/// <param name="Address">The public address of the call, for the links of later mails; null at night.</param>
/// <param name="FromSource">The planning source that fetched the files; null for files that somebody sent.</param>
/// <param name="Scope">What the planning stands for; null for what a file does.</param>
/// <param name="Remarks">What was found out while the files were made.</param>
public readonly record struct ImportWish(
    bool DryRun, bool Force, string? Address = null, string? FromSource = null, PlanningScope? Scope = null,
    IReadOnlyList<FileRemark>? Remarks = null)
{
    /// <summary>Whose Sessions the import may cancel.</summary>
    public string Source => FromSource is { } id ? PlannedSession.SourceOf(id) : PlannedSession.ImportSource;
}

/// <summary>What was imported.</summary>
/// <param name="ToWake">What the planning's follower is to wake.</param>
/// <param name="People">What became of people and trainings.</param>
public sealed record Imported(
    OrganisationId Organisation, ImportReport Report, IReadOnlyList<string> ToWake, PeopleChanges? People = null);

/// <summary>What came of following a planning.</summary>
/// <param name="Counts">Those that a person's act keeps as they are count as rejected and have their line.</param>
/// <param name="ToWake">What whoever imported wakes afterwards, in the follower's own names. One that is lost costs time, never a fact: the
/// next import of the same planning names it again.</param>
public sealed record Followed(ImportCounts Counts, IReadOnlyList<string> ToWake);

/// <summary>What follows from days in companies once their planning is written: placements.</summary>
public interface IPlanningFollower
{
    /// <param name="lineOf">Line of the learners' file that names a learner; 0 when it does not.</param>
    Task<Followed> RunAsync(
        CompanyPlanning planning, ImportJournal journal, Func<Reference, int> lineOf, ImportWish wish, CancellationToken cancellation);

    /// <summary>Wakes what followed from an import.</summary>
    Task WakeAsync(DurableTaskClient client, Imported imported, CancellationToken cancellation);
}
