using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Accounts;
using Emargement.Functions.Journal;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Access;
using Emargement.Functions.Platform.Audit;
using Emargement.Web.Accounts.Office;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Pages.Accounts.Office;

/// <summary>The page « Journal »: who did what to whom, for a manager.</summary>
public sealed class JournalPageFunctions(
    OrganisationSettings organisations, JournalQuestions questions, ReadJournal read, AccountsTable accounts)
{
    /// <summary><c>GET o/{org}/journal?person=&amp;session=&amp;actor=&amp;from=&amp;to=</c>: the latest first.</summary>
    [Function("ShowJournalPage")]
    [Access(Callers.Manager)]
    [Page]
    [Audit(AuditKind.Journal)]
    public async Task<IResult> Show(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "o/{org}/journal")] HttpRequest request,
        CancellationToken cancellation) =>
        await request.ShowAsync<JournalPage, JournalModel>(
            await organisations.OfAsync(request, cancellation), async organisation =>
            {
                var asked = questions.Of(request, Ask(request), organisation);
                return asked.IsOk ? await ModelAsync(request, organisation, asked.Value.Query, cancellation) : asked.Refusal;
            });

    private async Task<JournalModel> ModelAsync(
        HttpRequest request, Organisation organisation, JournalQuery query, CancellationToken cancellation)
    {
        var page = await read.RunAsync(organisation, query, cancellation);
        var names = await NamesAsync(organisation.Id, page.Items, cancellation);
        return new JournalModel
        {
            Organisation = organisation.Id.Value,
            Person = request.Query["person"],
            Session = request.Query["session"],
            Actor = request.Query["actor"],
            From = query.From,
            To = query.To,
            Rows =
            [
                .. page.Items.Select(e => new JournalRow(
                    e.At,
                    e.Kind.ToString(),
                    e.What,
                    new JournalPerson(e.By, names.GetValueOrDefault(e.By)),
                    e.Person is { } person ? new JournalPerson(person, names.GetValueOrDefault(person)) : null,
                    e.Session,
                    e.About,
                    e.Network,
                    e.Outcome == AuditEvent.Done)),
            ],
            File = $"/api/organisations/{organisation.Id}/audit.csv{With(request, null)}",
            More = page.Continuation is { } next ? With(request, next) : null,
        };
    }

    // A page names few people, most of them often.
    private async Task<Dictionary<string, string>> NamesAsync(
        OrganisationId organisation, IReadOnlyList<AuditEvent> events, CancellationToken cancellation)
    {
        var keys = events.SelectMany(e => new[] { e.By, e.Person }).OfType<string>().Distinct();
        var found = await Task.WhenAll(keys.Select(async key => (
            Key: key,
            Account: AccountId.TryParseKey(key, out var id) ? await accounts.FindAsync(organisation, id, cancellation) : null)));
        return found.Where(f => f.Account is not null).ToDictionary(f => f.Key, f => f.Account!.Value.DisplayName);
    }

    private static JournalAsk Ask(HttpRequest request) => new(
        request.Query["person"],
        request.Query["session"],
        request.Query["actor"],
        request.Query["from"],
        request.Query["to"],
        request.Query["continuation"]);

    private static string With(HttpRequest request, string? continuation)
    {
        string[] kept = ["person", "session", "actor", "from", "to"];
        var query = new QueryBuilder(kept
            .Select(name => KeyValuePair.Create(name, request.Query[name].ToString()))
            .Append(KeyValuePair.Create("continuation", continuation ?? string.Empty))
            .Where(pair => pair.Value.Length > 0));
        return query.ToQueryString() is { HasValue: true } asked ? asked.ToString() : "?";
    }
}
