using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Functions.Platform.Audit;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Privacy;

/// <summary>What the audit tells of a person: what they did, and what others did to their account, without these others' names and
/// networks.</summary>
public sealed class PersonJournal(AuditTable audit, TimeProvider time)
{
    // Copies are an hour late, and rows may come some minutes after their instant.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan FirstReach = TimeSpan.FromDays(62);

    /// <returns>The latest first. Two ranges of copies, and one a month of what has none yet.</returns>
    public async Task<JsonArray> OfAsync(Route<AccountId> person, CancellationToken cancellation)
    {
        var (scope, now, id) = (person.Organisation.Value, time.GetUtcNow(), person.Id);
        var since = (await audit.CopiedUntilAsync(scope, cancellation) ?? now - FirstReach) - Overlap;
        var found = new SortedDictionary<string, AuditEvent>(StringComparer.Ordinal);
        foreach (var question in new[] { AuditQuestion.Person(id.Key), AuditQuestion.Actor(id.ToString()) })
        {
            await foreach (var told in audit.OfAsync(scope, question, DateTimeOffset.UnixEpoch, now, null, cancellation))
            {
                found[told.Row] = told;
            }

            await foreach (var told in audit.BetweenAsync(scope, since, now, null, cancellation).Where(question.IsAnsweredBy))
            {
                found[told.Row] = told;
            }
        }

        return new JsonArray([.. found.Values.Select(told => Written(id, told))]);
    }

    private static JsonObject Written(AccountId person, AuditEvent told)
    {
        var own = told.By == person.ToString();
        return new JsonObject
        {
            ["le"] = told.At,
            ["acte"] = told.Kind.ToString(),
            ["détail"] = told.What,
            ["par"] = own ? "vous" : told.By.Split(':')[0],
            ["réseau"] = own ? told.Network : null,
            ["résultat"] = told.Outcome,
        };
    }
}
