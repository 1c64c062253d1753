using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.LocalHost.Orchestration.State;

/// <summary>The instances a query asks for, in the order of their ids.</summary>
internal sealed class InstancePages(OrchestrationStore store, OrchestrationQuery query) : AsyncPageable<OrchestrationMetadata>
{
    public override async IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(string? continuationToken = default, int? pageSizeHint = default)
    {
        await foreach (var page in PagesAsync(continuationToken ?? query.ContinuationToken, pageSizeHint ?? query.PageSize, CancellationToken.None))
        {
            yield return page;
        }
    }

    private async IAsyncEnumerable<Page<OrchestrationMetadata>> PagesAsync(
        string? continuation, int size, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var from = InstanceKeys.Escape(query.InstanceIdPrefix ?? string.Empty);
        var to = from + '~';
        var table = await store.TableAsync();
        var rows = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {InstanceKeys.All} and RowKey ge {from} and RowKey lt {to}"),
            size,
            cancellationToken: cancellation);
        await foreach (var page in rows.AsPages(continuation, size))
        {
            var found = new List<OrchestrationMetadata>();
            foreach (var row in page.Values)
            {
                if (await store.FindAsync(row.GetString("Id"), cancellation) is { } instance && Fits(instance))
                {
                    found.Add(LocalDurableClient.ToMetadata(instance, query.FetchInputsAndOutputs));
                }
            }

            yield return new Page<OrchestrationMetadata>(found, page.ContinuationToken);
        }
    }

    private bool Fits(OrchestrationInstance instance) =>
        (query.CreatedFrom is not { } from || instance.CreatedAt >= from)
        && (query.CreatedTo is not { } to || instance.CreatedAt <= to)
        && (query.Statuses?.Contains(instance.Status) ?? true);
}
