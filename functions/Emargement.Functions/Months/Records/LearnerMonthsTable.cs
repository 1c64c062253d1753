using Emargement.Domain.Months;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Months.Records;

/// <summary>Table <c>LearnerMonths</c>, derived: PK <c>{org}|{yyyy-MM}</c>, RK <c>G|{training}|{group}|{learner}</c>.</summary>
public sealed class LearnerMonthsTable(AppStorage storage)
{
    private const string Name = "LearnerMonths";

    /// <summary>The lines of a group's matrix: one range.</summary>
    public async Task<IReadOnlyList<LearnerMonth>> OfGroupAsync(
        OrganisationId organisation, YearMonth month, GroupKey group, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var lines = new List<LearnerMonth>();
        await foreach (var row in table.StartingWith(Partition(organisation, month), $"G|{group.Row}|", cancellation))
        {
            if (DerivedRows.Read<LearnerMonth>(row) is { } line)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    /// <summary>A learner's line in a group: one point read.</summary>
    public async Task<LearnerMonth?> FindAsync(
        OrganisationId organisation, YearMonth month, GroupKey group, Reference learner, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        var row = await table.FindAsync(Partition(organisation, month), Row(group, learner), cancellation);
        return row is null ? null : DerivedRows.Read<LearnerMonth>(row);
    }

    public async Task ReplaceAsync(
        OrganisationId organisation, YearMonth month, IEnumerable<LearnerMonth> lines, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.ReplaceAsync(
            Partition(organisation, month),
            "",
            lines.Select(l => (Row(new GroupKey(l.Training, l.Group), l.Learner), l)),
            cancellation);
    }

    private static string Row(GroupKey group, Reference learner) => $"G|{group.Row}|{learner.Key}";

    private static string Partition(OrganisationId organisation, YearMonth month) => $"{organisation}|{month}";
}
