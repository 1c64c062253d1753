using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Privacy;

/// <summary>A fact that is about a learner, or that one of the staff stated.</summary>
/// <param name="Drawing">SVG path of the signature; null without one.</param>
public sealed record PersonFact(SessionId Session, Fact Fact, string? Drawing);

/// <summary>The facts of half-days that are about a learner, or that one of the staff stated.</summary>
public sealed class PersonFacts(TrainingsTable trainings, FactsTable facts, TimeProvider time)
{
    /// <param name="months">Those of <see cref="MonthsAsync"/>: only they are read.</param>
    /// <returns>In the order of time.</returns>
    public async Task<IReadOnlyList<PersonFact>> OfAsync(
        Route<AccountId> person, IReadOnlyList<YearMonth> months, CancellationToken cancellation)
    {
        var found = new List<PersonFact>();
        foreach (var month in months)
        {
            await foreach (var (session, fact) in facts.OfMonthAsync(person.Organisation, month, cancellation))
            {
                if (IsOf(person.Id, fact))
                {
                    found.Add(new PersonFact(session, fact, await DrawingAsync(person.Organisation, session, fact, cancellation)));
                }
            }
        }

        return found;
    }

    /// <summary>The facts as they are sealed, each with its half-day and the drawing.</summary>
    public static JsonArray Written(AccountId person, IEnumerable<PersonFact> known) =>
        new([.. known.Select(k => Write(person, k))]);

    private static bool IsOf(AccountId person, Fact fact) =>
        person.Kind == AccountKind.Learner ? fact.About == person.Person : fact.By == person.ToString();

    private async Task<string?> DrawingAsync(
        OrganisationId organisation, SessionId session, Fact fact, CancellationToken cancellation) =>
        fact is Signed { DrawingSha256: not null } or Closed { DrawingSha256: not null } or Countersigned { DrawingSha256: not null }
            ? (await facts.FindAsync(organisation, session, fact.Key, cancellation))?.Drawing
            : null;

    private static JsonObject Write(AccountId person, PersonFact known)
    {
        var written = JsonNode.Parse(FactJson.Write(known.Fact))!.AsObject();
        if (person.Kind != AccountKind.Learner)
        {
            // Of whom a trainer stated something, and why, is that person's.
            written.Remove("learner");
            written.Remove("reason");
            written.Remove("key");
            written.Remove("about");
        }

        return new JsonObject { ["séance"] = known.Session.ToString(), ["fait"] = written, ["dessin"] = known.Drawing };
    }

    /// <summary>The months of a learner's trainings; of one of the staff, those of every training.</summary>
    public async Task<IReadOnlyList<YearMonth>> MonthsAsync(
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
