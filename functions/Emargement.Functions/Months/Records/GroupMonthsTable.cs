using Azure;
using Azure.Data.Tables;
using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Domain.Region.Usage;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Months.Records;

/// <summary>The figures of an organisation's month.</summary>
/// <param name="At">When they were calculated.</param>
public sealed record MonthTotal(DateTimeOffset At, MonthCounts Counts)
{
    /// <summary>By who pays; null in a month that was calculated before it was counted.</summary>
    public MonthUsage? Usage { get; init; }
}

/// <summary>
/// Table <c>GroupMonths</c>, derived: PK <c>{org}|{yyyy-MM}</c>, RK <c>{training}|{group}</c> with the group's half-days, and <c>*</c> for
/// the whole organisation.
/// </summary>
public sealed class GroupMonthsTable(AppStorage storage)
{
    private const string Name = "GroupMonths";
    private const string Total = "*";

    /// <summary>The month's figures and those of each group: one range. Null until they were calculated.</summary>
    public async Task<(MonthTotal? Total, IReadOnlyList<GroupMonth> Groups)> OfMonthAsync(
        OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        MonthTotal? total = null;
        var groups = new List<GroupMonth>();
        await foreach (var row in table.StartingWith(Partition(organisation, month), "", cancellation))
        {
            if (row.RowKey == Total)
            {
                total = DerivedRows.Read<MonthTotal>(row);
            }
            else if (DerivedRows.Read<GroupMonth>(row) is { } group)
            {
                groups.Add(group);
            }
        }

        return (total, groups);
    }

    /// <summary>When the month was last calculated: a point read.</summary>
    public async Task<MonthTotal?> TotalAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(Partition(organisation, month), Total, cancellation) is { } row
            ? DerivedRows.Read<MonthTotal>(row)
            : null;
    }

    /// <summary>Under which tag its figures stand; null when there are none.</summary>
    public async Task<ETag?> TagAsync(OrganisationId organisation, YearMonth month, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return (await table.FindAsync(Partition(organisation, month), Total, cancellation))?.ETag;
    }

    public async Task<GroupMonth?> FindAsync(
        OrganisationId organisation, YearMonth month, GroupKey group, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        return await table.FindAsync(Partition(organisation, month), group.Row, cancellation) is { } row
            ? DerivedRows.Read<GroupMonth>(row)
            : null;
    }

    /// <param name="read">The tag of the total as it was before the month was read; null when there was none.</param>
    /// <returns>False when somebody else calculated the month meanwhile.</returns>
    public async Task<bool> TryReplaceAsync(
        OrganisationId organisation, YearMonth month, ETag? read, SummaryOfMonth summary, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var partition = Partition(organisation, month);
        await table.ReplaceAsync(
            partition, "", summary.Groups.Select(g => (new GroupKey(g.Training, g.Group).Row, g)), cancellation, apart: Total);
        var total = DerivedRows.ToEntity(partition, Total, new MonthTotal(summary.At, summary.Total) { Usage = summary.Usage });
        if (read is not { } tag)
        {
            return await table.TryInsertAsync(total, cancellation);
        }

        total.ETag = tag;
        return await table.TryReplaceAsync(total, cancellation);
    }

    private static string Partition(OrganisationId organisation, YearMonth month) => $"{organisation}|{month}";
}

/// <summary>A group of a training, as keys and addresses name it.</summary>
public readonly record struct GroupKey(Reference Training, string Group)
{
    /// <summary>The last part of a row's key.</summary>
    internal string Row => $"{Training.Key}|{GroupPart}";

    /// <summary>Of an address, in two segments.</summary>
    public string Path => $"{Training.Key}/{GroupPart}";

    private string GroupPart => Reference.Parse(Group).Key;

    /// <returns>The group that two segments of an address name.</returns>
    public static bool TryParse(string? training, string? group, out GroupKey key)
    {
        key = default;
        if (!Reference.TryParseKey(training, out var of) || !Reference.TryParseKey(group, out var name))
        {
            return false;
        }

        key = new GroupKey(of, name.Value);
        return true;
    }
}
