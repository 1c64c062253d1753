using System.Buffers.Binary;
using System.Text.Json;
using Azure.Data.Tables;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Writing;

/// <summary>Table <c>PlanningMonths</c>: what each month of the planning may hold. PK <c>{org}</c>, RK <c>{yyyy-MM}</c>.</summary>
public sealed class PlanningMonthsTable(AppStorage storage)
{
    private const string Name = "PlanningMonths";

    /// <summary>Of these months and those between them, as far as anything is known: one range query.</summary>
    public async Task<Dictionary<YearMonth, Stored<MonthContent>>> BetweenAsync(
        OrganisationId organisation, YearMonth first, YearMonth last, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var months = new Dictionary<YearMonth, Stored<MonthContent>>();
        await foreach (var row in table.Between($"{organisation}", $"{first}", $"{last.Plus(1)}", cancellation))
        {
            var content = new MonthContent(
                Marks(row.GetBinary("Marks")),
                JsonSerializer.Deserialize<string[]>(row.GetString("InCompany"))!.Select(Reference.Parse),
                row.GetBoolean("Full")!.Value);
            months.Add(YearMonth.Parse(row.RowKey), new Stored<MonthContent>(content, row.ETag));
        }

        return months;
    }

    /// <summary>Writes up to 100 months, all or none: those that were read, and new ones, whose ETag is <c>default</c>.</summary>
    /// <returns>False when another import was faster.</returns>
    public async Task<bool> TryWriteAsync(
        OrganisationId organisation, IEnumerable<KeyValuePair<YearMonth, Stored<MonthContent>>> months, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.TrySubmitAsync([.. months.Select(month => Write(organisation, month.Key, month.Value))], cancellation);
    }

    private static TableTransactionAction Write(OrganisationId organisation, YearMonth month, Stored<MonthContent> content)
    {
        var entity = new TableEntity($"{organisation}", $"{month}")
        {
            ["Marks"] = Bytes(content.Value.Marks),
            ["InCompany"] = JsonSerializer.Serialize(content.Value.InCompany.Select(training => training.Value)),
            ["Full"] = content.Value.IsFull,
        };
        return content.ETag == default
            ? new TableTransactionAction(TableTransactionActionType.Add, entity)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, content.ETag);
    }

    private static byte[] Bytes(IReadOnlyCollection<int> marks)
    {
        var bytes = new byte[marks.Count * sizeof(int)];
        var at = 0;
        foreach (var mark in marks)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), mark);
            at += sizeof(int);
        }

        return bytes;
    }

    private static IEnumerable<int> Marks(byte[] bytes) =>
        Enumerable.Range(0, bytes.Length / sizeof(int)).Select(i => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i * sizeof(int))));
}
