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

    public async Task ReplaceAsync(
        OrganisationId organisation, YearMonth month, IEnumerable<LearnerMonth> lines, CancellationToken cancellation)
    {
        var table = await storage.TableAsync(Name);
        await table.ReplaceAsync(
            Partition(organisation, month),
            "",
            lines.Select(l => ($"G|{new GroupKey(l.Training, l.Group).Row}|{l.Learner.Key}", l)),
            cancellation);
    }

    private static string Partition(OrganisationId organisation, YearMonth month) => $"{organisation}|{month}";
}
