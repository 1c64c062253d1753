using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Planning;
using Emargement.Domain.Platform;
using Emargement.Functions.Planning.Reading;
using Emargement.Functions.Platform.Outgoing;
using Emargement.Ypareo;

namespace Emargement.Functions.Planning.Sources;

/// <summary>Reads an organisation's YPAREO by the guarded client, into the files that an import reads.</summary>
public sealed class FetchYpareo(GuardedHttp http, TimeProvider time)
{
    private const string Name = "YPAREO";

    private static readonly TimeSpan OfOneCall = TimeSpan.FromSeconds(60);

    // An import has to fit into the minutes of a function, too.
    private static readonly TimeSpan OfAll = TimeSpan.FromMinutes(4);

    public async Task<Result<Fetched>> RunAsync(Organisation organisation, SourceTarget target, CancellationToken cancellation)
    {
        var access = target.Ypareo!;
        var settings = new YpareoSettings(
            target.Address, access.Login, access.Secret, access.Funder, access.Training,
            access.Groups?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        var (now, refused) = (time.GetUtcNow(), default(Refusal));
        var reader = new YpareoReader(
            settings, SendAsync, (length, token) => Task.Delay(length, time, token), organisation.Zone.DateAt(now),
            () => time.GetUtcNow() - now > OfAll);
        var read = await reader.RunAsync(cancellation);
        return read.Refused is { } answer ? refused ?? WhyOf(answer) : Files(read);

        async Task<YpareoAnswer> SendAsync(YpareoCall call, CancellationToken token)
        {
            var answer = await http.SendAsync(Outgoing(call), ReadAsync, token);
            refused = answer.Refusal;
            return answer.IsOk ? answer.Value
                : new YpareoAnswer(0, [], answer.Refusal == OutgoingRefusals.Slow ? "réponse trop lente" : "pas de réponse");
        }
    }

    private static OutgoingCall Outgoing(YpareoCall call) => new(call.Address, ByteBudget.Limit, OfOneCall)
    {
        Method = call.Json is null ? HttpMethod.Get : HttpMethod.Post,
        Headers = call.Headers,
        Body = call.Json is null ? null : (call.Json, "application/json"),
    };

    private static async Task<Result<YpareoAnswer>> ReadAsync(OutgoingAnswer answer, CancellationToken cancellation)
    {
        var body = await answer.ReadAsync(cancellation);
        return body.Then(bytes => new YpareoAnswer(answer.Status, bytes));
    }

    private static Refusal WhyOf(YpareoAnswer answer) => answer.Status is 401 or 403
        ? SourceRefusals.YpareoRefused
        : SourceRefusals.YpareoUnreadable(answer.Status.ToString(CultureInfo.InvariantCulture));

    private static Result<Fetched> Files(YpareoRead read)
    {
        var budget = new ByteBudget(ByteBudget.Limit);
        var files = new List<SpooledFile>();
        foreach (var (name, lines) in Tables(read).Where(t => t.Lines.Count > 1))
        {
            var file = SpooledFile.Write(name, lines, budget);
            if (!file.IsOk)
            {
                files.ForEach(f => f.Dispose());
                return file.Refusal;
            }

            files.Add(file.Value);
        }

        return new Fetched(
            files,
            PlanningScope.Read([.. read.Spans.Select(s => new ReadSpan(Reference.Parse(s.Training), s.Group, s.First, s.Last))]),
            [.. read.Remarks.Select(r => new FileRemark(Name, r.Code, r.Sentence))]);
    }

    private static IEnumerable<(string Name, IReadOnlyList<string> Lines)> Tables(YpareoRead read)
    {
        var people = read.Learners.ToDictionary(l => l.Ref);
        var withEmail = read.Learners.Any(l => l.Email is not null);
        yield return ("actions.csv",
        [
            "action_ref;intitule;date_debut;date_fin",
            .. read.Trainings.Select(t => Line(t.Ref, t.Title, Day(t.FirstDay), Day(t.LastDay))),
        ]);
        yield return ("formateurs.csv",
        [
            "formateur_ref;nom;prenom;email", .. read.Trainers.Select(t => Line(t.Ref, t.LastName, t.FirstName, t.Email)),
        ]);
        yield return ("stagiaires.csv",
        [
            "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree" + (withEmail ? ";email" : ""),
            .. read.Enrolments.Select(e => (Of: e, Person: people[e.Learner])).Select(e =>
                Line(e.Of.Learner, e.Person.LastName, e.Person.FirstName, e.Of.Training, e.Of.Group, e.Of.Funder, Day(e.Of.Entry))
                + (withEmail ? ";" + Cell(e.Person.Email) : "")),
        ]);
        yield return ("planning.csv",
        [
            "seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;salle;modalite",
            .. read.Sessions.Select(s => Line(
                s.Ref, s.Training, Day(s.Date), s.Start, s.End, string.Join(", ", s.Groups), string.Join(", ", s.Trainers), s.Module,
                s.Room, s.IsDistance ? "D" : "P")),
        ]);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Line(params string?[] cells) => string.Join(';', cells.Select(Cell));

    private static string Cell(string? text) => $"\"{text?.Replace("\"", "\"\"", StringComparison.Ordinal).ReplaceLineEndings(" ")}\"";
}
