using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Records;

namespace Emargement.Functions.Sheets;

/// <summary>
/// Finds closed Sessions whose latest sheet does not say all their facts, because something stopped between the fact and the sealing. It
/// reads only, so that it may run at any time and twice at once.
/// </summary>
public sealed class FindUnsealedSheets(
    OrganisationsTable organisations, FactsTable facts, SheetsTable sheets, TimeProvider time)
{
    // A closing or a correction this recent has its own run under way.
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(2);

    /// <returns>The sealing to start, in order of organisation and date.</returns>
    public async Task<IReadOnlyList<SealRequested>> RunAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var unsealed = new List<SealRequested>();
        await foreach (var stored in organisations.ListAsync(cancellation))
        {
            var organisation = stored.Value;
            var (first, last) = SweptDays.Of(organisation, now);
            var known = await SealedFactsAsync(organisation, first, last, cancellation);
            await foreach (var session in ClosedAsync(organisation, first, last, now - Recent, cancellation))
            {
                if (known.GetValueOrDefault(session.Id) != session.Facts)
                {
                    unsealed.Add(SealRequested.Of(organisation.Id, session.Id));
                }
            }
        }

        return unsealed;
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
