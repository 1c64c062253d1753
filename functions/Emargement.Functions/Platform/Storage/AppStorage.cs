using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Storage;

/// <summary>Hands out the tables and containers of this system, made on first use of the process.</summary>
public sealed class AppStorage
{
    private readonly StorageOptions _options;
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _blobs;
    private readonly ConcurrentDictionary<string, Lazy<Task<TableClient>>> _knownTables = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<BlobContainerClient>>> _knownContainers = new();

    /// <param name="options">Where the storage is.</param>
    /// <param name="policies">Pipeline policies put on every client, such as the tests' counter of calls.</param>
    public AppStorage(IOptions<StorageOptions> options, IEnumerable<HttpPipelinePolicy> policies)
    {
        _options = options.Value;
        var tableOptions = new TableClientOptions { RetryPolicy = new StorageRetries() };
        var blobOptions = new BlobClientOptions { RetryPolicy = new StorageRetries() };
        foreach (var policy in policies)
        {
            tableOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
            blobOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        if (_options.ConnectionString is { Length: > 0 } connection)
        {
            _tables = new TableServiceClient(connection, tableOptions);
            _blobs = new BlobServiceClient(connection, blobOptions);
        }
        else
        {
            var credential = new DefaultAzureCredential();
            _tables = new TableServiceClient(new Uri($"https://{_options.AccountName}.table.core.windows.net"), credential, tableOptions);
            _blobs = new BlobServiceClient(new Uri($"https://{_options.AccountName}.blob.core.windows.net"), credential, blobOptions);
        }
    }

    /// <summary>The table, created if this process has not seen it yet.</summary>
    public Task<TableClient> TableAsync(string name) => OnceAsync(_knownTables, name, async () =>
    {
        var client = _tables.GetTableClient(_options.Prefix + name);
        await client.CreateIfNotExistsAsync();
        return client;
    });

    /// <summary>The blob container, created if this process has not seen it yet.</summary>
    public Task<BlobContainerClient> ContainerAsync(string name) => OnceAsync(_knownContainers, name, async () =>
    {
        var client = _blobs.GetBlobContainerClient(_options.Prefix + name);
        await client.CreateIfNotExistsAsync();
        return client;
    });

    private static async Task<T> OnceAsync<T>(ConcurrentDictionary<string, Lazy<Task<T>>> known, string name, Func<Task<T>> create)
    {
        var made = known.GetOrAdd(name, _ => new Lazy<Task<T>>(create));
        try
        {
            return await made.Value;
        }
        catch
        {
            // A failure is not for ever: the next call asks the storage again.
            known.TryRemove(new KeyValuePair<string, Lazy<Task<T>>>(name, made));
            throw;
        }
    }
}
