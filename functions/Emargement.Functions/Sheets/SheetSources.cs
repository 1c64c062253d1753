using System.Globalization;
using Emargement.Domain.Accounts;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Domain.Sheets;
using Emargement.Functions.Accounts;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;

namespace Emargement.Functions.Sheets;

/// <summary>Reads what a sheet prints: the Session, its training, the names of the people that its facts call by reference.</summary>
public sealed class SheetSources(
    OrganisationsTable organisations, SessionsTable sessions, FactsTable facts, TrainingsTable trainings, TrainersTable trainers,
    LearnersTable learners, EnrolmentsTable enrolments, AccountsTable accounts)
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>The facts as stored, in the order of their keys: one range query.</summary>
    public async Task<IReadOnlyList<StoredFact>> FactsAsync(OrganisationId organisation, SessionId id, CancellationToken cancellation) =>
        [.. (await facts.OfSessionAsync(organisation, id, cancellation)).OrderBy(fact => fact.Fact.Key, StringComparer.Ordinal)];

    /// <summary>What the sheet is made from that says these facts. Refuses with session-not-found or session-not-closed.</summary>
    public async Task<Result<SheetSource>> ReadAsync(
        OrganisationId organisation, SessionId id, IReadOnlyList<StoredFact> stored, CancellationToken cancellation)
    {
        var owner = await organisations.FindAsync(organisation, cancellation);
        var session = await sessions.FindAsync(organisation, id, cancellation);
        if (owner is null || session is null)
        {
            return Refusal.NotFound("session-not-found");
        }

        IReadOnlyList<Fact> known = [.. stored.Select(fact => fact.Fact)];
        if (!known.OfType<Closed>().Any())
        {
            return Refusal.Conflict("session-not-closed");
        }

        var training = await trainings.FindAsync(organisation, session.Value.TrainingRef, cancellation);
        return new SheetSource(
            owner.Value,
            session.Value,
            training?.Value,
            await PeopleAsync(organisation, session.Value, known, cancellation),
            known,
            stored.Where(fact => fact.Drawing is not null).ToDictionary(fact => fact.Fact.Key, fact => fact.Drawing!));
    }

    /// <summary>Names by account id: the group's roster in one query, then one by one those who are not on it.</summary>
    private async Task<Dictionary<string, string>> PeopleAsync(
        OrganisationId organisation, Session session, IReadOnlyList<Fact> known, CancellationToken cancellation)
    {
        var people = new Dictionary<string, string>();
        var listed = new List<ListedPerson>();
        foreach (var line in await enrolments.RosterAsync(organisation, session.TrainingRef, session.Groups, session.Id.Date, cancellation))
        {
            listed.Add(new ListedPerson(line.Learner, line.LastName, line.FirstName, line.BirthDate));
        }

        foreach (var learner in known.Select(fact => fact.About).OfType<Reference>().Distinct().Where(
            learner => listed.All(l => l.Ref != learner)).ToList())
        {
            if (await learners.FindAsync(organisation, learner, cancellation) is { } found)
            {
                listed.Add(new ListedPerson(learner, found.Value.LastName, found.Value.FirstName, found.Value.BirthDate));
            }
        }

        var apart = Namesakes.Of(listed);
        foreach (var learner in listed)
        {
            people[SheetComposition.LearnerId(learner.Ref)] =
                Namesakes.Named(Name(learner.LastName, learner.FirstName), apart.GetValueOrDefault(learner.Ref));
        }

        var teaching = known.Select(fact => fact.By).Where(by => by.StartsWith("trainer:", StringComparison.Ordinal))
            .Select(by => by["trainer:".Length..]);
        var replaced = known.OfType<Edited>().Where(e => e.Field == EditedField.Trainer).Select(e => e.From).OfType<string>();
        foreach (var reference in teaching.Concat(session.Trainers.Select(trainer => trainer.Value)).Concat(replaced).Distinct())
        {
            if (Reference.TryParse(reference, out var trainer)
                && await trainers.FindAsync(organisation, trainer, cancellation) is { } found)
            {
                people["trainer:" + reference] = Name(found.Value.LastName, found.Value.FirstName);
            }
        }

        foreach (var by in known.Select(fact => fact.By).Distinct())
        {
            if (AccountId.TryParse(by, out var account)
                && account.Kind == AccountKind.Manager
                && await accounts.FindAsync(organisation, account, cancellation) is { } found)
            {
                people[by] = Name(found.Value.LastName, found.Value.FirstName);
            }
        }

        return people;
    }

    private static string Name(string last, string first) => $"{last.ToUpper(French)} {first}".Trim();
}
