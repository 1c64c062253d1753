using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Sessions;

/// <summary>Input of the orchestration <c>SealSheet</c>.</summary>
public sealed record SealInput(string Organisation, string Session);

/// <summary>Starts the sealing of a Session's sheet. One run at a time is enough for a closing: whoever starts it, it reads the facts itself.</summary>
public sealed partial class SealStarter(ILogger<SealStarter> logger)
{
    public const string Orchestration = "SealSheet";

    /// <summary>Session ids are unique inside an organisation only, so both name the run.</summary>
    public static string InstanceId(OrganisationId organisation, SessionId session) => $"seal-{organisation}-{session}";

    /// <summary>Starts sealing after a closing. A run under way already, started by another try of the same closing, is enough.</summary>
    public Task AfterClosingAsync(DurableTaskClient client, OrganisationId organisation, SessionId session, CancellationToken cancellation) =>
        StartOnceAsync(client, InstanceId(organisation, session), organisation, session, cancellation);

    /// <summary>Starts sealing after a fact added to a closed Session. A run under way may have read the facts already, so another one follows under the fact's own name.</summary>
    public async Task AfterFactAsync(DurableTaskClient client, OrganisationId organisation, SessionId session, Fact fact, CancellationToken cancellation)
    {
        var id = InstanceId(organisation, session);
        if (await IsRunningAsync(client, id, cancellation))
        {
            id = $"{id}-{fact.At.UtcTicks}";
        }

        await StartOnceAsync(client, id, organisation, session, cancellation);
    }

    private async Task StartOnceAsync(DurableTaskClient client, string id, OrganisationId organisation, SessionId session, CancellationToken cancellation)
    {
        try
        {
            var input = new SealInput(organisation.Value, session.ToString());
            await client.ScheduleNewOrchestrationInstanceAsync(Orchestration, input, new StartOrchestrationOptions(id), cancellation);
            LogStarted(id);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // How "already running" is said depends on the transport (an RPC status, an exception of the engine); the instance itself is the truth.
            if (!await IsRunningAsync(client, id, cancellation))
            {
                throw;
            }

            LogRunning(id);
        }
    }

    private static async Task<bool> IsRunningAsync(DurableTaskClient client, string id, CancellationToken cancellation) =>
        await client.GetInstanceAsync(id, cancellation) is { IsCompleted: false };

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealing {Instance} started")]
    private partial void LogStarted(string instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealing {Instance} is running already")]
    private partial void LogRunning(string instance);
}
