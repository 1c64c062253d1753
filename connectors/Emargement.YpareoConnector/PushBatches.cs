using System.Globalization;
using System.Text.Json.Nodes;
using Emargement.Ypareo;

namespace Emargement.YpareoConnector;

/// <summary>Makes of what YPAREO gave the batches that the API takes: what others refer to comes first.</summary>
internal static class PushBatches
{
    /// <summary>Things of one batch at most.</summary>
    private const int Size = 500;

    public static IEnumerable<JsonObject> Of(YpareoRead read, IEnumerable<string> cancelled)
    {
        var all = read.Trainings.Select(t => ("trainings", Training(t)))
            .Concat(read.Trainers.Select(t => ("trainers", Person(t))))
            .Concat(read.Learners.Select(l => ("learners", Person(l))))
            .Concat(read.Enrolments.Select(e => ("enrolments", Enrolment(e))))
            .Concat(read.Sessions.Select(s => ("sessions", Session(s))))
            .Concat(cancelled.Select(c => ("cancelled", new JsonObject { ["ref"] = c })));
        foreach (var chunk in all.Chunk(Size))
        {
            var batch = new JsonObject();
            foreach (var list in chunk.GroupBy(one => one.Item1, one => one.Item2))
            {
                batch[list.Key] = new JsonArray([.. list]);
            }

            yield return batch;
        }
    }

    private static JsonObject Training(YpareoTraining training) => new()
    {
        ["ref"] = training.Ref,
        ["intitule"] = training.Title,
        ["date_debut"] = Day(training.FirstDay),
        ["date_fin"] = Day(training.LastDay),
    };

    private static JsonObject Person(YpareoPerson person)
    {
        var one = new JsonObject { ["ref"] = person.Ref, ["nom"] = person.LastName, ["prenom"] = person.FirstName };
        if (person.Email is not null)
        {
            one["email"] = person.Email;
        }

        return one;
    }

    private static JsonObject Enrolment(YpareoEnrolment enrolment) => new()
    {
        ["ref"] = enrolment.Ref,
        ["stagiaire_ref"] = enrolment.Learner,
        ["action_ref"] = enrolment.Training,
        ["groupe"] = enrolment.Group,
        ["periodes"] = new JsonArray(new JsonObject { ["financeur"] = enrolment.Funder, ["entree"] = Day(enrolment.Entry) }),
    };

    private static JsonObject Session(YpareoSession session) => new()
    {
        ["ref"] = session.Ref,
        ["action_ref"] = session.Training,
        ["date"] = Day(session.Date),
        ["debut"] = session.Start,
        ["fin"] = session.End,
        ["groupe"] = string.Join(", ", session.Groups),
        ["formateur_ref"] = string.Join(", ", session.Trainers),
        ["module"] = session.Module,
        ["salle"] = session.Room,
        ["modalite"] = session.IsDistance ? "D" : "P",
    };

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
