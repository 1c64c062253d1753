using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Data.Tables;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Months.Records;

/// <summary>
/// Rows that a run makes from facts and that can be made again: each holds one value as deflated JSON, its hash, and the number of the
/// form in which it is written. Rows of another form are as good as none.
/// </summary>
internal static class DerivedRows
{
    private const int Form = 1;

    // What is null is written too: a value is read back whole or not at all. What follows from the rest is not.
    private static readonly JsonSerializerOptions Options =
        new(ApiJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.Never, IgnoreReadOnlyProperties = true };

    /// <summary>Makes the rows of a partition that begin alike these and no others: writes only those that changed.</summary>
    /// <param name="prefix">Empty for the whole partition.</param>
    /// <param name="apart">A row that is left as it is.</param>
    public static async Task ReplaceAsync<T>(
        this TableClient table, string partition, string prefix, IEnumerable<(string Row, T Value)> rows, CancellationToken cancellation,
        string? apart = null)
    {
        var before = new Dictionary<string, string?>(StringComparer.Ordinal);
        await foreach (var row in table.StartingWith(partition, prefix, cancellation))
        {
            before[row.RowKey] = HashOf(row);
        }

        if (apart is not null)
        {
            before.Remove(apart);
        }

        var actions = new List<TableTransactionAction>();
        foreach (var (key, value) in rows)
        {
            var entity = ToEntity(partition, key, value);
            if (!before.Remove(key, out var hash) || hash != HashOf(entity))
            {
                actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity));
            }
        }

        actions.AddRange(before.Keys.Select(gone =>
            new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, gone), ETag.All)));
        foreach (var batch in actions.Chunk(TableAccess.BatchSize))
        {
            if (!await table.TrySubmitAsync(batch, cancellation))
            {
                await OneByOneAsync(table, batch, cancellation);
            }
        }
    }

    /// <returns>The value; the default one when the row is of another form.</returns>
    public static T? Read<T>(TableEntity row) =>
        row.GetInt32("Form") == Form ? JsonSerializer.Deserialize<T>(DeflatedText.Read(row.GetBinary("Data")), Options) : default;

    // A row to delete was gone: a remedy took it away meanwhile.
    private static async Task OneByOneAsync(
        TableClient table, IEnumerable<TableTransactionAction> batch, CancellationToken cancellation)
    {
        foreach (var action in batch)
        {
            if (action.ActionType == TableTransactionActionType.Delete)
            {
                await table.TryDeleteAsync(action.Entity.PartitionKey, action.Entity.RowKey, ETag.All, cancellation);
            }
            else
            {
                await table.UpsertEntityAsync(action.Entity, TableUpdateMode.Replace, cancellation);
            }
        }
    }

    private static string? HashOf(TableEntity row) => row.GetInt32("Form") == Form ? row.GetString("Hash") : null;

    public static TableEntity ToEntity<T>(string partition, string key, T value)
    {
        var json = JsonSerializer.Serialize(value, Options);
        return new TableEntity(partition, key)
        {
            ["Form"] = Form,
            ["Hash"] = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))),
            ["Data"] = DeflatedText.Write(json),
        };
    }
}
