using Emargement.Domain.Months;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Months.Records;

namespace Emargement.Functions.Months.Settling;

/// <summary>One thing that waits for a person, in the API's words.</summary>
/// <param name="Code">Of the anomaly; null for the other kinds.</param>
/// <param name="Blocking">Whether the month cannot be validated before it is settled; <c>accepted</c> when a reason is enough.</param>
public sealed record PendingView(
    string Id,
    PendingKind Kind,
    string? Code,
    YearMonth Month,
    string Session,
    Reference? Learner,
    Reference Training,
    string Group,
    DateTimeOffset Since,
    Blocking? Blocking);

/// <summary>What waits, a part of it, and how much of each kind there is in all.</summary>
/// <param name="Continuation">Asks for the next part; null with the last.</param>
public sealed record PendingList(
    IReadOnlyList<PendingView> Items, IReadOnlyDictionary<string, int> Counts, DateTimeOffset? ComputedAt, string? Continuation)
{
    internal static PendingList Of(PendingPage page) => new(
        [.. page.Items.Select(View)],
        page.Counts.ToDictionary(c => PendingItem.CodeOf(c.Key), c => c.Value),
        page.ComputedAt,
        page.More);

    private static PendingView View(PendingItem item) => new(
        item.Id, item.Kind, item.Code, item.Session.Month, item.Session.ToString(), item.Learner, item.Training, item.Group, item.Since,
        item.Blocks);
}

/// <param name="Kind">Null for every kind.</param>
/// <param name="Month">Null for every month.</param>
/// <param name="After">The name of the last thing of the part before.</param>
/// <param name="Blocking">Only what stands against validating a month.</param>
public sealed record PendingQuestion(PendingKind? Kind, YearMonth? Month, string? After, bool Blocking = false);

/// <summary>What waits, with all that lists say of it.</summary>
/// <param name="Items">Those asked for, the oldest first, as many as a page holds.</param>
/// <param name="Counts">Of each kind there is, whatever was asked for.</param>
/// <param name="More">Names the last one when there are more.</param>
public sealed record PendingPage(
    IReadOnlyList<PendingItem> Items, IReadOnlyDictionary<PendingKind, int> Counts, DateTimeOffset? ComputedAt, string? More);

/// <summary>Lists what waits for a person: one range, and a point read that says when the present month was calculated.</summary>
public sealed class ListPending(PendingTable pending, GroupMonthsTable groups, TimeProvider time)
{
    /// <summary>Things on a page.</summary>
    public const int OnPage = 100;

    public async Task<Result<PendingPage>> RunAsync(
        Organisation organisation, PendingQuestion asked, CancellationToken cancellation)
    {
        var month = asked.Month ?? YearMonth.Of(organisation.Zone.DateAt(time.GetUtcNow()));
        var total = groups.TotalAsync(organisation.Id, month, cancellation);
        var found = await pending.ListAsync(organisation.Id, asked.Month, cancellation);

        // In a month that was validated nothing can be settled: it is shown to whoever asks for that month alone.
        var all = asked.Month is null ? [.. found.Where(i => organisation.Refuses(i.Session.Month) is null)] : found;
        var rest = all.Where(i => (asked.Kind is null || i.Kind == asked.Kind) && (!asked.Blocking || i.Blocks is not null))
            .OrderBy(i => i.Session.Date)
            .ThenBy(i => i.Id, StringComparer.Ordinal)
            .SkipWhile(i => asked.After is not null && Before(i, asked.After))
            .ToList();
        return new PendingPage(
            [.. rest.Take(OnPage)],
            all.CountBy(i => i.Kind).ToDictionary(),
            (await total)?.At,
            rest.Count > OnPage ? rest[OnPage - 1].Id : null);
    }

    /// <summary>How much waits and can be settled: one range of keys.</summary>
    public Task<int> CountAsync(Organisation organisation, CancellationToken cancellation) =>
        pending.CountAsync(organisation.Id, month => organisation.Refuses(month) is null, cancellation);

    // What was the last one may be settled by now: its day and name still say where it stood.
    private static bool Before(PendingItem item, string after)
    {
        var parts = after.Split('|');
        return parts.Length > 2 && SessionId.TryParse(parts[2], out var session)
            && (item.Session.Date.CompareTo(session.Date), string.CompareOrdinal(item.Id, after)) is ( < 0, _) or (0, <= 0);
    }
}
