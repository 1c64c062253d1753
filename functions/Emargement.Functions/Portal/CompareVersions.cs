using System.Globalization;
using Emargement.Domain.Platform;
using Emargement.Domain.Region;
using Emargement.Functions.Region.Export;

namespace Emargement.Functions.Portal;

/// <param name="From">A version.</param>
/// <param name="To">A later one.</param>
public sealed record VersionPair(int From, int To)
{
    /// <returns>The pair, or <c>export-not-found</c> when these are no numbers.</returns>
    public static Result<VersionPair> Of(string? from, string? to) =>
        int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
        && int.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? new VersionPair(first, second)
            : Refusal.NotFound("export-not-found");
}

/// <summary>A learner's half-day that two versions say differently.</summary>
/// <param name="Session">As <c>seance_ref</c>.</param>
/// <param name="Before">Columns that differ, by their names in the file, as they were; null when the row is new.</param>
/// <param name="After">The same as they are; null when the row is gone.</param>
public sealed record RowDifference(
    string Date,
    string HalfDay,
    string Session,
    string Learner,
    IReadOnlyDictionary<string, string>? Before,
    IReadOnlyDictionary<string, string>? After);

/// <param name="Count">How many rows differ; the list holds the first <see cref="CompareVersions.Most"/>.</param>
public sealed record VersionDifferences(int From, int To, int Count, IReadOnlyList<RowDifference> Rows);

/// <summary>
/// Says what changed between two versions of an organisation's month: both <c>demi_journees.csv</c> are read side by side, a day at a time.
/// </summary>
public sealed class CompareVersions(PortalMonths months, ExportContainer container)
{
    /// <summary>Rows of an answer.</summary>
    internal const int Most = 500;

    /// <returns>The differences; or <c>organisation-unknown</c>, <c>export-not-found</c>.</returns>
    public async Task<Result<VersionDifferences>> RunAsync(PortalPlace place, VersionPair pair, CancellationToken cancellation)
    {
        var found = await months.VersionsAsync(place, cancellation);
        return !found.IsOk ? found.Refusal
            : found.Value.Find(pair.From) is not { } from || found.Value.Find(pair.To) is not { } to ? Refusal.NotFound("export-not-found")
            : await CompareAsync(DaysAsync(from, cancellation), DaysAsync(to, cancellation), pair, cancellation);
    }

    private IAsyncEnumerable<HalfDays> DaysAsync(ExportVersion version, CancellationToken cancellation) =>
        HalfDayFile.DaysAsync(ExportRows.ReadAsync(container, version, RegionFiles.HalfDaysName, cancellation));

    private static async Task<VersionDifferences> CompareAsync(
        IAsyncEnumerable<HalfDays> first, IAsyncEnumerable<HalfDays> second, VersionPair pair, CancellationToken cancellation)
    {
        await using var before = first.GetAsyncEnumerator(cancellation);
        await using var after = second.GetAsyncEnumerator(cancellation);
        var rows = new List<RowDifference>();
        var count = 0;
        var (left, right) = (await before.MoveNextAsync(), await after.MoveNextAsync());
        while (left || right)
        {
            var order = !left ? 1 : !right ? -1 : string.CompareOrdinal(before.Current.Date, after.Current.Date);
            foreach (var difference in Differences(order <= 0 ? before.Current : null, order >= 0 ? after.Current : null))
            {
                count++;
                if (rows.Count < Most)
                {
                    rows.Add(difference);
                }
            }

            left = order <= 0 ? await before.MoveNextAsync() : left;
            right = order >= 0 ? await after.MoveNextAsync() : right;
        }

        return new VersionDifferences(pair.From, pair.To, count, rows);
    }

    private static IEnumerable<RowDifference> Differences(HalfDays? before, HalfDays? after)
    {
        var keys = (before?.Rows.Keys ?? Enumerable.Empty<string>()).Union(after?.Rows.Keys ?? Enumerable.Empty<string>());
        foreach (var key in keys.Order(StringComparer.Ordinal))
        {
            var (was, now) = (before?.Rows.GetValueOrDefault(key), after?.Rows.GetValueOrDefault(key));
            var known = (now ?? was)!;
            // A column that only one of the two files has says nothing of a change.
            var changed = HalfDayFile.ColumnsOf(known)
                .Where(c => was is null || now is null || (was.Columns.Contains(c) && was[c] != now[c]))
                .ToList();
            if (changed.Count > 0)
            {
                yield return new RowDifference(
                    known["date"],
                    known["demi_journee"],
                    known["seance_ref"],
                    known["stagiaire_ref"],
                    was is null ? null : changed.ToDictionary(c => c, c => was[c]),
                    now is null ? null : changed.ToDictionary(c => c, c => now[c]));
            }
        }
    }
}
