using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Records;

namespace Emargement.Functions.Sheets;

/// <summary>
/// A closed Session whose latest sheet does not say all its facts, because something stopped between the fact and the sealing.
/// </summary>
public sealed record UnsealedSession(OrganisationId Organisation, SessionId Session);

/// <summary>Finds what was left undone. It reads only, so that it may run at any time and twice at once.</summary>
public sealed class SheetSweep(
    OrganisationsTable organisations, FactsTable facts, SheetsTable sheets, SheetStamping stamping, TimeProvider time)
{
    /// <summary>
    /// Hours of UTC at which the run looks back <see cref="LongLook"/> days; the others look back <see cref="ShortLook"/>.
    /// </summary>
    public const int LongLookHour = 2;
    public const int ShortLook = 2;
    public const int LongLook = 62;

    // A closing or a correction this recent has its own run under way.
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(2);

    /// <summary>Sessions to seal, in order of organisation and date.</summary>
    public async Task<IReadOnlyList<UnsealedSession>> FindAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var unsealed = new List<UnsealedSession>();
        await foreach (var stored in organisations.ListAsync(cancellation))
        {
            var organisation = stored.Value;
            var last = organisation.Zone.DateAt(now);
            var first = last.AddDays(now.Hour == LongLookHour ? -LongLook : -ShortLook);
            var known = await SealedFactsAsync(organisation, first, last, cancellation);
            await foreach (var session in ClosedAsync(organisation, first, last, now - Recent, cancellation))
            {
                if (known.GetValueOrDefault(session.Id) != session.Facts)
                {
                    unsealed.Add(new(organisation.Id, session.Id));
                }
            }
        }

        return unsealed;
    }

    /// <summary>Asks again for the missing timestamps of the looked-at months, until the authority fails.</summary>
    public async Task StampAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await foreach (var stored in organisations.ListAsync(cancellation))
        {
            var last = stored.Value.Zone.DateAt(now);
            foreach (var month in YearMonth.Between(last.AddDays(now.Hour == LongLookHour ? -LongLook : -ShortLook), last))
            {
                if (!await stamping.StampMonthAsync(stored.Value.Id, month, cancellation))
                {
                    return;
                }
            }
        }
    }

    /// <summary>How many facts the latest sheet of each Session covers.</summary>
    private async Task<Dictionary<SessionId, int>> SealedFactsAsync(
        Organisation organisation, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var known = new Dictionary<SessionId, int>();
        foreach (var month in YearMonth.Between(first, last))
        {
            await foreach (var stored in sheets.OfMonthAsync(organisation.Id, month, cancellation))
            {
                known[stored.Value.Session] = stored.Value.Facts;
            }
        }

        return known;
    }

    /// <summary>
    /// Closed Sessions of these days whose last fact is not recent, with how many facts each has. Facts of a Session come together.
    /// </summary>
    private async IAsyncEnumerable<(SessionId Id, int Facts)> ClosedAsync(
        Organisation organisation, DateOnly first, DateOnly last, DateTimeOffset before, [
            System.Runtime.CompilerServices.EnumeratorCancellation,
        ] CancellationToken cancellation)
    {
        (SessionId Id, int Facts, bool Closed, DateTimeOffset LastAt) current = default;
        await foreach (var fact in facts.BetweenAsync(organisation.Id, first, last, cancellation))
        {
            if (current.Facts > 0 && current.Id != fact.Session)
            {
                if (current.Closed && current.LastAt < before)
                {
                    yield return (current.Id, current.Facts);
                }

                current = default;
            }

            var lastAt = current.LastAt > fact.Fact.At ? current.LastAt : fact.Fact.At;
            current = (fact.Session, current.Facts + 1, current.Closed || fact.Fact is Closed, lastAt);
        }

        if (current.Closed && current.LastAt < before)
        {
            yield return (current.Id, current.Facts);
        }
    }
}
