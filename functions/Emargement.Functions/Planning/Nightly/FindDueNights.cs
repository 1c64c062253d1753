using Emargement.Domain.Planning.Import;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Runs;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Planning.Nightly;

/// <summary>An organisation's night that has not been imported yet.</summary>
/// <param name="Night">Local date, yyyy-MM-dd.</param>
public sealed record DueNight(string Organisation, string Night);

/// <summary>What an hour's look at the nights found.</summary>
/// <param name="Due">Not imported yet.</param>
/// <param name="Late">How many of them for an hour or more.</param>
/// <param name="Unseen">Organisations whose files for the coming night nobody has looked at.</param>
/// <param name="DoneAt">When the last night that is imported ended; null when none is.</param>
public sealed record NightLook(IReadOnlyList<DueNight> Due, int Late, IReadOnlyList<string> Unseen, DateTimeOffset? DoneAt);

/// <summary>Finds every organisation whose last import hour has struck without a finished run, and how far behind they are; of the others
/// those whose inbox has something new.</summary>
public sealed class FindDueNights(OrganisationsTable organisations, ImportRunsTable runs, PreviewNight preview, TimeProvider time)
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromHours(1);

    public async Task<NightLook> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var (due, unseen, late, doneAt) = (new List<DueNight>(), new List<string>(), 0, default(DateTimeOffset?));
        await foreach (var stored in organisations.ListAsync(cancellation))
        {
            var night = NightSchedule.LastDue(stored.Value, now);
            var run = await runs.FindAsync(stored.Value.Id, ImportRunId.Night(night), cancellation);
            if (run is { Value.IsOver: true })
            {
                doneAt = run.Value.FinishedAt > doneAt || doneAt is null ? run.Value.FinishedAt : doneAt;
                if (await preview.IsOldAsync(stored.Value.Id, cancellation))
                {
                    unseen.Add(stored.Value.Id.Value);
                }

                continue;
            }

            due.Add(new DueNight(stored.Value.Id.Value, $"{night:yyyy-MM-dd}"));
            late += NightSchedule.LastDue(stored.Value, now - LateAfter) == night ? 1 : 0;
        }

        return new NightLook(due, late, unseen, doneAt);
    }
}
