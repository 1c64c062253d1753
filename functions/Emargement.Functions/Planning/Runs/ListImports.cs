using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Runs;

/// <summary>A run as the list shows it, the latest first.</summary>
/// <param name="Run">Its name in <c>GET …/imports/{run}</c>.</param>
/// <param name="Counts">What it came to; null until it has its report.</param>
public sealed record ImportRunView(
    string Run, ImportRunState State, string By, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, IReadOnlyList<string> Files,
    RunCounts? Counts);

/// <summary>Lists the runs of an organisation's imports by pages, the latest first.</summary>
public sealed class ListImports(ImportRunsTable runs, ImportLeases leases)
{
    private const int PageSize = 100;

    /// <param name="after">The last run of the page before; empty for the first page.</param>
    public async Task<Result<Page<ImportRunView>>> RunAsync(OrganisationId organisation, string after, CancellationToken cancellation)
    {
        // A run a night and a few uploads: a year of them is one page of the storage, so the order of time is made here.
        var all = await runs.AllAsync(organisation, cancellation);
        var from = after.Length == 0 ? 0 : all.TakeWhile(r => r.Id.ToString() != after).Count() + 1;
        var holder = await leases.HolderAsync(organisation, cancellation);
        var page = all.Skip(from).Take(PageSize).Select(run => View(run.Beside(holder))).ToList();
        return new Page<ImportRunView>(page, all.Count > from + PageSize ? page[^1].Run : null);
    }

    private static ImportRunView View(ImportRun run) =>
        new(run.Id.ToString(), run.State, run.By, run.StartedAt, run.FinishedAt, [.. run.Files.Select(f => f.Name)], run.Counts);
}
