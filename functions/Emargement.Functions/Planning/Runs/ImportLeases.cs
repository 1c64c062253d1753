using Azure;
using Emargement.Domain.Platform;
using Emargement.Functions.People;
using Emargement.Functions.Planning.Reading;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Planning.Runs;

/// <summary>One import of an organisation at a time. Whoever imports holds a lease and renews it; that of a dead process ends by itself
/// within two minutes.</summary>
public sealed partial class ImportLeases(ImportLeasesTable leases, TimeProvider time, ILogger<ImportLeases> logger)
{
    /// <summary>How long a lease holds unless it is renewed.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(30);

    /// <summary>Runs some work under the organisation's lease. Its token is cancelled when the lease is lost.</summary>
    /// <param name="work">Told which run held the lease before and died; null when the last one ended well.</param>
    /// <returns>What the work gave, or <c>import-running</c> with the name of the run that holds the lease.</returns>
    public async Task<Result<T>> RunAsync<T>(
        OrganisationId organisation, ImportRunId run, Func<ImportRunId?, CancellationToken, Task<Result<T>>> work,
        CancellationToken cancellation)
    {
        var before = await leases.FindAsync(organisation, cancellation);
        if (before is not null && before.Value.Until > time.GetUtcNow())
        {
            return ImportRefusals.Running(before.Value.Run.ToString());
        }

        var mine = new ImportLeaseRow(run, Guid.NewGuid().ToString("N"), time.GetUtcNow() + Length);
        if (!await leases.TryWriteAsync(organisation, before, mine, cancellation))
        {
            var first = await leases.FindAsync(organisation, cancellation);
            return ImportRefusals.Running((first?.Value.Run ?? run).ToString());
        }

        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var renewing = RenewAsync(organisation, mine.Holder, lost, ended.Token);
        try
        {
            return await work(before?.Value.Run == run ? null : before?.Value.Run, lost.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
            await ReleaseAsync(organisation, mine.Holder);
        }
    }

    /// <summary>The run that holds the organisation's lease now, or null.</summary>
    public async Task<ImportRunId?> HolderAsync(OrganisationId organisation, CancellationToken cancellation) =>
        await leases.FindAsync(organisation, cancellation) is { } lease && lease.Value.Until > time.GetUtcNow() ? lease.Value.Run : null;

    private async Task RenewAsync(OrganisationId organisation, string holder, CancellationTokenSource lost, CancellationToken ended)
    {
        var until = time.GetUtcNow() + Length;
        while (true)
        {
            await Task.Delay(RenewEvery, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                return;
            }

            until = await TryRenewAsync(organisation, holder) ?? until;
            if (time.GetUtcNow() >= until)
            {
                LogLost(organisation);
                await lost.CancelAsync();
                return;
            }
        }
    }

    // Null when the storage did not answer: the lease holds for a while yet. The past when somebody else has it.
    private async Task<DateTimeOffset?> TryRenewAsync(OrganisationId organisation, string holder)
    {
        try
        {
            var stored = await leases.FindAsync(organisation, CancellationToken.None);
            var until = time.GetUtcNow() + Length;
            return stored?.Value.Holder == holder
                && await leases.TryWriteAsync(organisation, stored, stored.Value with { Until = until }, CancellationToken.None)
                ? until
                : DateTimeOffset.MinValue;
        }
        catch (Exception fault) when (IsOutOfReach(fault))
        {
            return null;
        }
    }

    private async Task ReleaseAsync(OrganisationId organisation, string holder)
    {
        try
        {
            if (await leases.FindAsync(organisation, CancellationToken.None) is { } stored && stored.Value.Holder == holder)
            {
                await leases.DeleteAsync(organisation, stored.ETag, CancellationToken.None);
            }
        }
        catch (Exception fault) when (IsOutOfReach(fault))
        {
            // It ends by itself.
            LogNotReleased(organisation);
        }
    }

    private static bool IsOutOfReach(Exception fault) => fault is RequestFailedException or AggregateException or IOException;

    [LoggerMessage(Level = LogLevel.Warning, Message = "An import of {Organisation} lost its lease and stops")]
    private partial void LogLost(OrganisationId organisation);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The import lease of {Organisation} could not be given back; it ends by itself")]
    private partial void LogNotReleased(OrganisationId organisation);
}
