using Azure.Identity;
using Azure.Storage.Queues;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Orchestration;

/// <summary>
/// The orchestrations of one storage and prefix: the engine that Azure runs, with its queues and tables in the app's own storage. Hosts
/// with the same prefix
/// share them, in this process or in others.
/// </summary>
internal sealed class TaskHub : IDisposable
{
    // As maxConcurrentActivityFunctions of host.json.
    private const int Activities = 8;

    private static int _hosts;

    private readonly QueueClient _activities;
    private readonly QueueClient _orchestrations;

    public TaskHub(IConfiguration configuration, ILoggerFactory loggers)
    {
        var storage = StorageOf(configuration);
        var name = configuration["Storage:Prefix"] + "Emargement";
        Engine = new AzureStorageOrchestrationService(new AzureStorageOrchestrationServiceSettings
        {
            TaskHubName = name,
            StorageAccountClientProvider = storage,
            LoggerFactory = loggers,

            // Hosts of one process are workers of their own: each holds its own lease.
            WorkerId = $"{Environment.MachineName}-{Environment.ProcessId}-{Interlocked.Increment(ref _hosts)}",
            UseAppLease = false,

            // Leases on blobs are given up at once when a host stops; those in a table only after a second.
            UseTablePartitionManagement = false,
            UseLegacyPartitionManagement = true,
            PartitionCount = 1,
            MaxConcurrentTaskActivityWorkItems = Activities,
            ThrowExceptionOnInvalidDedupeStatus = true,
            UseInstanceTableEtag = true,

            // What this process sends is found at once; only for work of another process, and for timers of the machine's clock, is the
            // queue asked this often.
            MaxQueuePollingInterval = TimeSpan.FromMilliseconds(500),

            // How long a killed process keeps what it had taken.
            ControlQueueVisibilityTimeout = TimeSpan.FromSeconds(10),
            WorkItemQueueVisibilityTimeout = TimeSpan.FromSeconds(10),
            LeaseInterval = TimeSpan.FromSeconds(15),
            LeaseRenewInterval = TimeSpan.FromSeconds(5),
            LeaseAcquireInterval = TimeSpan.FromSeconds(3),
        });
        var client = storage.Queue.CreateClient(new QueueClientOptions());
        _activities = client.GetQueueClient($"{name.ToLowerInvariant()}-workitems");
        _orchestrations = client.GetQueueClient($"{name.ToLowerInvariant()}-control-00");
    }

    public AzureStorageOrchestrationService Engine { get; }

    /// <summary>The engine as those see it who send to it and question it.</summary>
    public IOrchestrationServiceClient Client => Engine;

    public void Dispose() => Engine.Dispose();

    /// <summary>
    /// Whether no message waits or is worked on, those of other hosts included. A timer of the machine's own clock is such a message.
    /// </summary>
    /// <remarks>
    /// A message is written before the one that led to it is deleted: while something is under way, one of these looks sees it, or an
    /// activity began between them.
    /// </remarks>
    public async Task<bool> IsEmptyAsync() =>
        await IsEmptyAsync(_activities) && await IsEmptyAsync(_orchestrations) && await IsEmptyAsync(_activities);

    private static async Task<bool> IsEmptyAsync(QueueClient queue) =>
        (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount == 0;

    private static StorageAccountClientProvider StorageOf(IConfiguration configuration) =>
        configuration["Storage:ConnectionString"] is { Length: > 0 } connection
            ? new StorageAccountClientProvider(connection)
            : new StorageAccountClientProvider(configuration["Storage:AccountName"]!, new DefaultAzureCredential());
}
