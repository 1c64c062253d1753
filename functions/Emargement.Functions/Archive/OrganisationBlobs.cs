using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Archive;

/// <summary>Which blobs are one organisation's.</summary>
public sealed class OrganisationBlobs(AppStorage storage)
{
    private const string Exports = "exports";

    /// <summary>Every container with blobs of an organisation.</summary>
    public static IReadOnlyList<string> Containers { get; } = ["sheets", "evidence", "papers", Exports, "imports"];

    public Task<BlobContainerClient> ContainerAsync(string container) => storage.ContainerAsync(container);

    /// <summary>Names of an organisation's blobs in a container.</summary>
    public async IAsyncEnumerable<string> NamesAsync(
        string container, OrganisationId organisation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var client = await storage.ContainerAsync(container);
        await foreach (var folder in FoldersAsync(container, organisation, cancellation))
        {
            await foreach (var blob in client.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, cancellation))
            {
                yield return blob.Name;
            }
        }
    }

    /// <summary>
    /// A folder's slash ends it, so that <c>garonne/</c> never lists <c>garonne2/</c>. Exports stand
    /// under their Région: the rows of the table say which are the organisation's.
    /// </summary>
    private async IAsyncEnumerable<string> FoldersAsync(
        string container, OrganisationId organisation, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (container != Exports)
        {
            yield return $"{organisation}/";
            yield break;
        }

        var table = await storage.TableAsync("Exports");
        var rows = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"Organisation eq {organisation.Value}"), 1000, ["PartitionKey", "RowKey"], cancellation);
        await foreach (var row in rows)
        {
            var (region, version) = (row.PartitionKey.Split('|'), row.RowKey.Split('|'));
            yield return $"{region[0]}/{region[1]}/{version[0]}/v{version[1].TrimStart('0')}/";
        }
    }
}
