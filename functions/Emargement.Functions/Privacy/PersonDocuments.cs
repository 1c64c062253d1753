using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Placements;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sheets;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Placements;
using Emargement.Functions.Placements.Documents;
using Emargement.Functions.Platform.Http;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets.Records;
using Emargement.Functions.Statements;

namespace Emargement.Functions.Privacy;

/// <summary>A PDF of a person's own.</summary>
/// <param name="Name">Under which it stands in the file that they take away.</param>
public sealed record PersonDocument(string Name, byte[] Pdf);

/// <summary>
/// The PDFs of a learner. Those of their hours in companies, their certificates and their statements are theirs alone: they are given as
/// they are sealed. A sheet names a whole room, and nothing can be taken out of it without breaking its seal: of sheets an extract is made,
/// with this learner's lines, each with the code by which anybody checks the sheet itself.
/// </summary>
public sealed class PersonDocuments(
    OrganisationsTable organisations,
    SessionsTable sessions,
    SheetsTable sheets,
    TrainingsTable trainings,
    PlacementsTable placements,
    PlacementFactsTable placementFacts,
    PlacementDocuments documents,
    ListStatements statements,
    OpenStatement openStatement,
    TimeProvider time)
{
    private const int Parallelism = 16;

    // Who else acted is not the learner's to take away.
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["trainer"] = "votre formateur",
        ["manager"] = "votre organisme",
        ["machine"] = "votre organisme",
    };

    /// <param name="known">The facts about the learner.</param>
    /// <returns>The extract of sheets, where there is a line for it, then what was sealed of each placement, and what was made of their
    /// attendance.</returns>
    public async Task<IReadOnlyList<PersonDocument>> OfAsync(
        Route<AccountId> person, Account account, IReadOnlyList<PersonFact> known, CancellationToken cancellation)
    {
        if (person.Id.Kind != AccountKind.Learner
            || await organisations.FindAsync(person.Organisation, cancellation) is not { Value: var organisation })
        {
            return [];
        }

        var found = new List<PersonDocument>();
        var lines = new List<ExtractLine>();
        foreach (var some in known.Where(k => k.Fact is not Rostered).GroupBy(k => k.Session).OrderBy(g => g.Key).Chunk(Parallelism))
        {
            lines.AddRange((await Task.WhenAll(some.Select(facts => LineAsync(organisation, person.Id, account, facts, cancellation))))
                .OfType<ExtractLine>());
        }

        if (lines.Count > 0)
        {
            var now = organisation.Zone.ToLocal(time.GetUtcNow());
            var extract = new Extract(organisation, account.DisplayName, person.Id.Person, now, lines);
            found.Add(new PersonDocument("emargement.pdf", ExtractPdf.Write(extract)));
        }

        found.AddRange(await OfPlacementsAsync(person, cancellation));
        found.AddRange(await StatementsAsync(person, cancellation));
        return found;
    }

    private async Task<ExtractLine?> LineAsync(
        Organisation organisation,
        AccountId person,
        Account account,
        IGrouping<SessionId, PersonFact> known,
        CancellationToken cancellation)
    {
        if (await sessions.FindAsync(organisation.Id, known.Key, cancellation) is not { Value: var session })
        {
            return null;
        }

        var people = known.Select(k => k.Fact.By).Distinct().ToDictionary(by => by, by => Others.GetValueOrDefault(by.Split(':')[0], by));
        people[SheetComposition.LearnerId(person.Person)] = account.DisplayName;
        var source = new SheetSource(
            organisation,
            session,
            (await trainings.FindAsync(organisation.Id, session.TrainingRef, cancellation))?.Value,
            people,
            [.. known.Select(k => k.Fact)],
            known.Where(k => k.Drawing is not null).ToDictionary(k => k.Fact.Key, k => k.Drawing!));
        var versions = await sheets.OfSessionAsync(organisation.Id, known.Key, cancellation);
        return ExtractLine.Of(source, versions.Count == 0 ? null : versions[^1].Value.Code);
    }

    private async Task<List<PersonDocument>> StatementsAsync(Route<AccountId> person, CancellationToken cancellation)
    {
        var found = new List<PersonDocument>();
        var listed = await statements.OfLearnerAsync(person.Organisation, person.Id.Person, cancellation);
        foreach (var statement in listed.Value ?? [])
        {
            if (await openStatement.PdfAsync(person.Organisation, statement.Code, cancellation) is { IsOk: true, Value: var pdf })
            {
                found.Add(new PersonDocument($"attestations/{pdf.Name}", pdf.Content));
            }
        }

        return found;
    }

    private async Task<List<PersonDocument>> OfPlacementsAsync(Route<AccountId> person, CancellationToken cancellation)
    {
        var found = new List<PersonDocument>();
        foreach (var placement in await placements.OfLearnerAsync(person.Organisation, person.Id.Person, cancellation))
        {
            var facts = await placementFacts.OfAsync(person.Organisation, placement.Id, withDrawings: false, cancellation);
            foreach (var document in facts.Select(f => f.Fact).OfType<DocumentSealed>())
            {
                var place = new DocumentPlace(person.Organisation, placement.Id, document.Period, document.Version);
                if (await documents.ReadAsync(place, cancellation) is { } pdf)
                {
                    var name = string.Create(CultureInfo.InvariantCulture, $"{placement.Id}-{place.Period}-v{place.Version}.pdf");
                    found.Add(new PersonDocument($"entreprise/{name}", pdf));
                }
            }
        }

        return found;
    }
}
