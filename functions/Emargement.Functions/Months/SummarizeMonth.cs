using Azure;
using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Absences.Records;
using Emargement.Functions.Months.Records;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Region.Export;
using Emargement.Functions.Sessions.Marks;

namespace Emargement.Functions.Months;

/// <summary>
/// Makes what pages say of a month, from the partitions that an export reads, each once, and by the export's own code. Whatever is missing
/// or old in the derived tables is right afterwards.
/// </summary>
public sealed class SummarizeMonth(
    OrganisationsTable organisations,
    MonthMarksTable marks,
    MonthReader reader,
    PlacementWeeks placements,
    MonthsTable months,
    GroupMonthsTable groups,
    LearnerMonthsTable learners,
    PendingTable pending,
    AbsencesTable absences,
    TimeProvider time)
{
    // Each turn is lost only to another run of the same month.
    private const int MostTurns = 5;

    /// <returns>The summary as written, or <c>organisation-unknown</c>.</returns>
    public async Task<Result<SummaryOfMonth>> RunAsync(OrganisationId id, YearMonth month, CancellationToken cancellation)
    {
        for (var turn = 0; turn < MostTurns; turn++)
        {
            // Before anything is read: what changes from now on makes the mark another, and it stays.
            var mark = await marks.FindAsync(id, month, cancellation);
            var before = await groups.TagAsync(id, month, cancellation);
            if ((await organisations.FindAsync(id, cancellation))?.Value is not { } organisation)
            {
                return Refusal.NotFound("organisation-unknown");
            }

            var summary = await ReadAsync(organisation, month, cancellation);
            if (await TryWriteAsync(id, month, before, summary, cancellation))
            {
                if (mark is { } found)
                {
                    await marks.TakeAsync(id, month, found, cancellation);
                }

                return summary;
            }
        }

        throw new InvalidOperationException($"Other runs calculated {month} of {id} {MostTurns} times meanwhile.");
    }

    /// <returns>False when another run wrote the month since this one began: whoever was slower has read too early.</returns>
    private async Task<bool> TryWriteAsync(
        OrganisationId id, YearMonth month, ETag? before, SummaryOfMonth summary, CancellationToken cancellation)
    {
        await learners.ReplaceAsync(id, month, summary.Learners, cancellation);
        await pending.ReplaceAsync(id, month, summary.Pending, cancellation);

        // Last, because it says when the month was calculated.
        return await groups.TryReplaceAsync(id, month, before, summary, cancellation);
    }

    private async Task<SummaryOfMonth> ReadAsync(Organisation organisation, YearMonth month, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var people = await reader.PeopleAsync(organisation.Id, cancellation);
        var everyone = MonthReader.Scope(organisation, month, people, everyone: true);
        var accepted = await months.AcceptedAsync(organisation.Id, month, cancellation);
        var filed = await absences.UndecidedAsync(organisation.Id, cancellation);
        var summary = new MonthSummary(everyone, MonthReader.Scope(organisation, month, people), accepted, now, filed);
        await foreach (var day in reader.DaysAsync(organisation.Id, month, cancellation))
        {
            summary.Read(day);
        }

        return summary.Finish(await placements.OfMonthAsync(
            organisation.Id, month, (line, day) => everyone.IsFunded(line.Training, line.Group, line.Learner, day), cancellation));
    }
}
