using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Platform.Audit;

/// <summary>
/// Table <c>Audit</c>: rows are inserted, and never changed; a month goes whole when its term is over. The truth is PK
/// <c>{scope}|M|{yyyy-MM}</c>, written before the act is answered. Copies under <c>{scope}|P|{person}</c>, <c>{scope}|S|{session}</c> and
/// <c>{scope}|A|{actor}</c> answer the questions that are asked; a timer adds them. RK <c>{ticks to the end of time}|{random}</c>
/// everywhere. PK <c>{scope}|T</c> says how far copies reach.
/// </summary>
public sealed class AuditTable(AppStorage storage)
{
    private const string Name = "Audit";

    /// <summary>Key of a row of that instant.</summary>
    public static string NewRow(DateTimeOffset at) => $"{Ticks(at)}|{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";

    /// <param name="noted">One, or a hundred at most of one act: all are written, or none.</param>
    public async Task InsertAsync(IReadOnlyList<AuditEvent> noted, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var rows = noted.Select(n => ToEntity(MonthPartition(n.Scope, n.Month), n)).ToList();
        if (rows is [var one])
        {
            await table.TryInsertAsync(one, cancellation);
            return;
        }

        await table.TrySubmitAsync(
            [.. rows.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row))], cancellation);
    }

    /// <summary>Adds the copies that are not there yet.</summary>
    public async Task CopyAsync(AuditEvent noted, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        foreach (var partition in AuditQuestion.All(noted).Select(q => Partition(noted.Scope, q)))
        {
            await table.TryInsertAsync(ToEntity(partition, noted), cancellation);
        }
    }

    /// <summary>Until when every event has its copies; null before the first time.</summary>
    public async Task<DateTimeOffset?> CopiedUntilAsync(string scope, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var latest = await table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {scope + "|T"}"), maxPerPage: 1, cancellationToken: cancellation)
            .FirstOrDefaultAsync(cancellation);
        return latest?.GetDateTimeOffset("Until");
    }

    public async Task NoteCopiedAsync(string scope, DateTimeOffset until, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.TryInsertAsync(new TableEntity(scope + "|T", Ticks(until)) { ["Until"] = until }, cancellation);
    }

    /// <summary>Events of a time, newest first, as they were written: one range a month.</summary>
    /// <param name="after">Row of the last event of the page before; null from the first.</param>
    public async IAsyncEnumerable<AuditEvent> BetweenAsync(
        string scope, DateTimeOffset from, DateTimeOffset to, string? after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        foreach (var month in YearMonth.Between(DayOf(from), DayOf(to)).Reverse())
        {
            var rows = table.Between(MonthPartition(scope, month), FirstRow(to, after), AfterLastRow(from), cancellation);
            await foreach (var row in rows)
            {
                yield return FromEntity(scope, row);
            }
        }
    }

    /// <summary>What copies tell of one question, newest first: one range.</summary>
    /// <inheritdoc cref="BetweenAsync"/>
    public async IAsyncEnumerable<AuditEvent> OfAsync(
        string scope,
        AuditQuestion question,
        DateTimeOffset from,
        DateTimeOffset to,
        string? after,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var rows = table.Between(Partition(scope, question), FirstRow(to, after), AfterLastRow(from), cancellation);
        await foreach (var row in rows)
        {
            yield return FromEntity(scope, row);
        }
    }

    /// <summary>The oldest month of which there are events; null when there are none.</summary>
    public async Task<YearMonth?> OldestMonthAsync(string scope, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var (from, before) = ($"{scope}|M|", $"{scope}|M}}");
        var oldest = await table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey ge {from} and PartitionKey lt {before}"), 1, ["PartitionKey"], cancellation)
            .FirstOrDefaultAsync(cancellation);
        return YearMonth.TryParse(oldest?.PartitionKey[from.Length..], out var month) ? month : null;
    }

    /// <summary>Deletes a month whose term is over: copies first, so that a run cut short finds them by what is left.</summary>
    public async Task ForgetAsync(string scope, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await foreach (var row in table.StartingWith(MonthPartition(scope, month), string.Empty, cancellation))
        {
            foreach (var partition in AuditQuestion.All(FromEntity(scope, row)).Select(q => Partition(scope, q)))
            {
                await table.TryDeleteAsync(partition, row.RowKey, ETag.All, cancellation);
            }

            await table.TryDeleteAsync(row.PartitionKey, row.RowKey, ETag.All, cancellation);
        }
    }

    /// <summary>Key of a row of that instant that is written nowhere: of facts, which stand beside the events.</summary>
    public static string RowOf(DateTimeOffset at, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Ticks(at)}|fact{number:D4}");

    // Rows are of one length, so that '!' after one comes before the next.
    private static string FirstRow(DateTimeOffset to, string? after) =>
        after is null || string.CompareOrdinal(after, Ticks(to)) < 0 ? Ticks(to) : after + "!";

    private static string AfterLastRow(DateTimeOffset from) => Ticks(from) + "~";

    private static DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    // Newest first: the higher the instant, the lower the key.
    private static string Ticks(DateTimeOffset at) =>
        (DateTime.MaxValue.Ticks - at.UtcTicks).ToString("D19", CultureInfo.InvariantCulture);

    private static string MonthPartition(string scope, YearMonth month) => $"{scope}|M|{month}";

    private static string Partition(string scope, AuditQuestion question) => $"{scope}|{question.Letter}|{question.Key}";

    private static TableEntity ToEntity(string partition, AuditEvent noted)
    {
        var entity = new TableEntity(partition, noted.Row)
        {
            ["At"] = noted.At,
            ["Kind"] = noted.Kind.ToString(),
            ["What"] = noted.What,
            ["By"] = noted.By,
            ["Network"] = noted.Network,
            ["Outcome"] = noted.Outcome,
        };
        entity.SetIfAny("Person", noted.Person);
        entity.SetIfAny("Session", noted.Session);
        entity.SetIfAny("About", noted.About);
        entity.SetIfAny("Trace", noted.Trace);
        return entity;
    }

    private static AuditEvent FromEntity(string scope, TableEntity row) => new(
        scope,
        row.GetDateTimeOffset("At")!.Value,
        Enum.Parse<AuditKind>(row.GetString("Kind")),
        row.GetString("What"),
        row.GetString("By"),
        row.GetString("Person"),
        row.GetString("Session"),
        row.GetString("About"),
        row.GetString("Network"),
        row.GetString("Outcome"),
        row.GetString("Trace"))
    {
        Row = row.RowKey,
    };
}
