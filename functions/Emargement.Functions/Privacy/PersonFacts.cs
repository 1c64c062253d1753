using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Privacy;

/// <summary>The facts of half-days that are about a learner, or that one of the staff stated.</summary>
public sealed class PersonFacts(TrainingsTable trainings, FactsTable facts, TimeProvider time)
{
    /// <param name="enrolled">The person's enrolments: only their months are read.</param>
    /// <returns>The facts as they are sealed, in the order of time, each with its half-day and the drawing.</returns>
    public async Task<JsonArray> OfAsync(
        Route<AccountId> person, IReadOnlyList<Enrolment> enrolled, CancellationToken cancellation)
    {
        var found = new JsonArray();
        foreach (var month in await MonthsAsync(person, enrolled, cancellation))
        {
            await foreach (var (session, fact) in facts.OfMonthAsync(person.Organisation, month, cancellation))
            {
                if (IsOf(person.Id, fact))
                {
                    found.Add((JsonNode)await WriteAsync(person, session, fact, cancellation));
                }
            }
        }

        return found;
    }

    private static bool IsOf(AccountId person, Fact fact) =>
        person.Kind == AccountKind.Learner ? fact.About == person.Person : fact.By == person.ToString();

    private async Task<JsonObject> WriteAsync(Route<AccountId> person, SessionId session, Fact fact, CancellationToken cancellation)
    {
        var written = JsonNode.Parse(FactJson.Write(fact))!.AsObject();
        if (person.Id.Kind != AccountKind.Learner)
        {
            // Of whom a trainer stated something, and why, is that person's.
            written.Remove("learner");
            written.Remove("reason");
            written.Remove("key");
            written.Remove("about");
        }

        var drawn = written.ContainsKey("drawingSha256")
            ? (await facts.FindAsync(person.Organisation, session, fact.Key, cancellation))?.Drawing
            : null;
        return new JsonObject { ["séance"] = session.ToString(), ["fait"] = written, ["dessin"] = drawn };
    }

    private async Task<IReadOnlyList<YearMonth>> MonthsAsync(
        Route<AccountId> person, IReadOnlyList<Enrolment> enrolled, CancellationToken cancellation)
    {
        var spans = new List<(DateOnly First, DateOnly Last)>();
        var known = await trainings.AllAsync(person.Organisation, cancellation).ToDictionaryAsync(
            t => t.Value.Ref, t => t.Value, cancellationToken: cancellation);
        if (person.Id.Kind != AccountKind.Learner)
        {
            spans.AddRange(known.Values.Select(t => (t.FirstDay, t.LastDay)));
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var enrolment in enrolled)
        {
            var end = known.GetValueOrDefault(enrolment.TrainingRef)?.LastDay ?? today;
            spans.AddRange(enrolment.Periods.Select(p => (p.Entry, p.Exit ?? end)));
        }

        return [.. spans.SelectMany(s => YearMonth.Between(s.First, s.Last < today ? s.Last : today)).Distinct().Order()];
    }
}
