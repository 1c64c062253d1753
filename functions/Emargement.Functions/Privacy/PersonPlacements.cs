using System.Globalization;
using System.Text.Json.Nodes;
using Emargement.Domain.Accounts;
using Emargement.Domain.Placements;
using Emargement.Functions.Placements;
using Emargement.Functions.Platform.Http;

namespace Emargement.Functions.Privacy;

/// <summary>A learner's weeks in companies: their own statements whole; of what others stated, only what is about the learner.</summary>
public sealed class PersonPlacements(PlacementsTable placements, PlacementFactsTable facts)
{
    // Of a fact that somebody else stated: hours, reasons and weeks are about the learner, the signature and the address are not.
    private static readonly HashSet<string> AboutTheLearner =
        ["kind", "at", "week", "sequence", "days", "version", "cancelled", "group", "training", "period", "purpose", "step"];

    public async Task<JsonArray> OfAsync(Route<AccountId> person, CancellationToken cancellation)
    {
        var found = new JsonArray();
        if (person.Id.Kind != AccountKind.Learner)
        {
            return found;
        }

        foreach (var placement in await placements.OfLearnerAsync(person.Organisation, person.Id.Person, cancellation))
        {
            var known = await facts.OfAsync(person.Organisation, placement.Id, withDrawings: true, cancellation);
            found.Add((JsonNode)new JsonObject
            {
                ["période"] = placement.Id.ToString(),
                ["entreprise"] = placement.Company,
                ["du"] = placement.FirstDay.ToString("O", CultureInfo.InvariantCulture),
                ["au"] = placement.LastDay.ToString("O", CultureInfo.InvariantCulture),
                ["faits"] = new JsonArray([.. known.Select(f => Write(person.Id, f))]),
            });
        }

        return found;
    }

    private static JsonObject Write(AccountId person, StoredPlacementFact fact)
    {
        var written = JsonNode.Parse(PlacementFactJson.Write(fact.Fact))!.AsObject();
        if (fact.Fact.By == person.ToString())
        {
            return new JsonObject { ["fait"] = written, ["dessin"] = fact.Drawing };
        }

        foreach (var name in written.Select(property => property.Key).Where(name => !AboutTheLearner.Contains(name)).ToList())
        {
            written.Remove(name);
        }

        return new JsonObject { ["fait"] = written };
    }
}
