using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Search;

/// <summary>Finds people whose name is nearly another's, who may be one person under two references.</summary>
public sealed class FindNamesakes(SearchNames search, AccountsTable accounts)
{
    private const int Start = 3;
    private const int Most = 20;

    /// <param name="id">Whose name it is: not among the answer.</param>
    /// <returns>Accounts of the same kind: two ranges of names, and a point read a candidate.</returns>
    public async Task<IReadOnlyList<AccountId>> RunAsync(
        OrganisationId organisation, AccountId id, string lastName, string firstName, CancellationToken cancellation)
    {
        var starts = new[] { lastName, firstName }
            .Select(name => PersonWords.OfQuery(name)?[0])
            .OfType<string>()
            .Select(word => word[..Math.Min(Start, word.Length)])
            .ToList();
        if (starts.Count == 0)
        {
            return [];
        }

        var candidates = (await search.RunAsync(organisation, starts, cancellation)).Where(c => c.Kind == id.Kind && c != id).Take(Most);
        var read = await Task.WhenAll(candidates.Select(c => accounts.FindAsync(organisation, c, cancellation)));
        return
        [
            .. read.Where(r => r is not null && PersonWords.AreNear(
                    $"{lastName} {firstName}", $"{r.Value.LastName} {r.Value.FirstName}"))
                .Select(r => r!.Value.Id),
        ];
    }
}
