using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Search;

/// <summary>Finds learners and trainers by the starts of their words.</summary>
public sealed class SearchNames(NamesTable names, AccountsTable accounts)
{
    /// <param name="starts">As <see cref="PersonWords"/> folds words; all of them must begin some word of a person.</param>
    /// <returns>Keys in order: one range a start, or every account while the table of names is not whole.</returns>
    public async Task<IReadOnlyList<AccountId>> RunAsync(
        OrganisationId organisation, IReadOnlyList<string> starts, CancellationToken cancellation)
    {
        if (!await names.IsWholeAsync(organisation, cancellation))
        {
            return await accounts.ListAsync(organisation, cancellation)
                .Where(a => PersonWords.Match([.. NamesTable.Of(a.Value).Select(n => n.Word)], starts))
                .Select(a => a.Value.Id)
                .ToListAsync(cancellation);
        }

        HashSet<AccountId>? found = null;
        foreach (var start in starts.Where(_ => found is not { Count: 0 }))
        {
            var named = (await names.StartingWithAsync(organisation, start, cancellation)).Select(n => n.Id);
            found = found is null ? [.. named] : [.. found.Intersect(named)];
        }

        return [.. (found ?? []).OrderBy(id => id.Key, StringComparer.Ordinal)];
    }
}
