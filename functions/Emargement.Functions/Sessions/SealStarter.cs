using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Sessions;

/// <summary>
/// Starts the sealing of Sessions' sheets. One run at a time is enough for a closing: whoever starts it, it reads the facts itself.
/// </summary>
public sealed partial class SealStarter(ILogger<SealStarter> logger)
{
    /// <summary>Starts the sealing that a fact asks for, if it asks for one.</summary>
    /// <returns>The fact.</returns>
    public async Task<Result<TFact>> StartAsync<TFact>(
        DurableTaskClient client, Recorded<TFact> recorded, CancellationToken cancellation)
        where TFact : Fact
    {
        return await AfterAsync(client, recorded.Fact, recorded.Seal, cancellation);
    }

    /// <summary>Starts a sealing, if one is asked for.</summary>
    /// <returns>What was done, for the answer.</returns>
    public async Task<Result<T>> AfterAsync<T>(DurableTaskClient client, T done, SealRequested? seal, CancellationToken cancellation)
    {
        if (seal is not null)
        {
            await StartAsync(client, seal, cancellation);
        }

        return done;
    }

    /// <summary>
    /// Starts a sealing. A run under way is enough after a closing; after an added fact, which it may have missed, another follows.
    /// </summary>
    public async Task StartAsync(DurableTaskClient client, SealRequested seal, CancellationToken cancellation)
    {
        var run = seal.NextRun is { } next && await client.IsUnderWayAsync(seal.Run, cancellation) ? next : seal.Run;
        if (await client.StartOnceAsync(SealRequested.Orchestration, run, seal, cancellation))
        {
            LogStarted(run);
        }
        else
        {
            LogRunning(run);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealing {Instance} started")]
    private partial void LogStarted(string instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealing {Instance} is running already")]
    private partial void LogRunning(string instance);
}
