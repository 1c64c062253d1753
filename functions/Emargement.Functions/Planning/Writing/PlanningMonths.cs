using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Storage;

namespace Emargement.Functions.Planning.Writing;

/// <summary>Keeps what each month of the planning may hold, for the imports that plan other months.</summary>
public sealed class PlanningMonths(PlanningMonthsTable table)
{
    private const int Attempts = 5;

    /// <summary>What is known of these months: nothing of some.</summary>
    /// <param name="months">In order.</param>
    public async Task<IReadOnlyDictionary<YearMonth, Stored<MonthContent>>> FindAsync(
        OrganisationId organisation, IReadOnlyList<YearMonth> months, CancellationToken cancellation) =>
        months.Count == 0 ? [] : await table.BetweenAsync(organisation, months[0], months[^1], cancellation);

    /// <summary>Keeps what was found out.</summary>
    public async Task KeepAsync(
        OrganisationId organisation, IReadOnlyDictionary<YearMonth, Stored<MonthContent>> months, CancellationToken cancellation)
    {
        foreach (var grown in months.Where(month => month.Value.Value.HasGrown).OrderBy(month => month.Key).Chunk(TableAccess.BatchSize))
        {
            await KeepAsync(organisation, grown, cancellation);
        }
    }

    private async Task KeepAsync(
        OrganisationId organisation, KeyValuePair<YearMonth, Stored<MonthContent>>[] grown, CancellationToken cancellation)
    {
        var mine = grown.ToDictionary(month => month.Key, month => month.Value.Value);
        for (var attempt = 1; !await table.TryWriteAsync(organisation, grown, cancellation); attempt++)
        {
            if (attempt == Attempts)
            {
                throw new InvalidOperationException("What the months of a planning hold kept changing while it was written.");
            }

            // Another import, which had been taken for dead: what either found stays.
            var now = await table.BetweenAsync(organisation, grown[0].Key, grown[^1].Key, cancellation);
            foreach (var (month, stored) in now)
            {
                mine.GetValueOrDefault(month)?.Add(stored.Value);
            }

            grown = [.. mine.Select(month => KeyValuePair.Create(
                month.Key, new Stored<MonthContent>(month.Value, now.GetValueOrDefault(month.Key)?.ETag ?? default)))];
        }
    }
}
