using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Durable;
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
        StartAsync(client, InstanceId(organisation, session), organisation, session, cancellation);

    /// <summary>Starts sealing after a fact added to a closed Session. A run under way may have read the facts already, so another one follows under the fact's own name.</summary>
    public async Task AfterFactAsync(DurableTaskClient client, OrganisationId organisation, SessionId session, Fact fact, CancellationToken cancellation)
    {
        var id = InstanceId(organisation, session);
        if (await client.IsUnderWayAsync(id, cancellation))
        {
            id = $"{id}-{fact.At.UtcTicks}";
        }

        await StartAsync(client, id, organisation, session, cancellation);
    }

    private async Task StartAsync(
        DurableTaskClient client, string id, OrganisationId organisation, SessionId session, CancellationToken cancellation)
    {
        if (await client.StartOnceAsync(Orchestration, id, new SealInput(organisation.Value, session.ToString()), cancellation))
        {
            LogStarted(id);
        }
        else
        {
            LogRunning(id);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealing {Instance} started")]
    private partial void LogStarted(string instance);

    [LoggerMessage(Level = LogLevel.Information, Message = "Sealing {Instance} is running already")]
    private partial void LogRunning(string instance);
}
