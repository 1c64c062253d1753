using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Emargement.Ypareo;

/// <summary>Reads an organisation's YPAREO: groups, their learners, addresses, trainers, then the planning, a group and a window of 14 days
/// at a time. YPAREO grants rights endpoint by endpoint: what one refuses is remarked on, and never stops the others.</summary>
public sealed partial class YpareoReader
{
    /// <summary>Days of one question: YPAREO does not answer longer ones in time.</summary>
    public const int WindowDays = 14;

    /// <summary>Windows that are read, from today on.</summary>
    public const int Windows = 4;

    private readonly YpareoSettings _settings;
    private readonly YpareoCalls _calls;
    private readonly DateOnly _today;
    private readonly Func<bool> _isTimeUp;
    private readonly List<YpareoRemark> _remarks = [];
    private readonly List<YpareoSpan> _spans = [];
    private readonly Dictionary<string, string> _groups = [];
    private readonly Dictionary<string, HashSet<string>> _members = [];
    private readonly Dictionary<string, YpareoPerson> _learners = [];
    private readonly List<YpareoEnrolment> _enrolments = [];
    private readonly SortedDictionary<string, YpareoSession> _sessions = new(StringComparer.Ordinal);

    /// <param name="today">The organisation's local day.</param>
    /// <param name="isTimeUp">Whether to begin no more groups: those that are left keep what they have.</param>
    public YpareoReader(YpareoSettings settings, SendToYpareo send, PauseBetweenTries pause, DateOnly today, Func<bool> isTimeUp)
    {
        (_settings, _today, _isTimeUp) = (settings, today, isTimeUp);
        _calls = new YpareoCalls(settings, send, pause);
    }

    private int SchoolYear => _today.Month >= 8 ? _today.Year : _today.Year - 1;

    private string Training => _settings.Training
        ?? string.Create(CultureInfo.InvariantCulture, $"YPAREO-{SchoolYear}-{SchoolYear + 1}");

    private DateOnly FirstDay => new(SchoolYear, 8, 1);

    public async Task<YpareoRead> RunAsync(CancellationToken cancellation)
    {
        var signed = await _calls.SignInAsync(cancellation);
        if (signed.Status != 200)
        {
            return Nothing(signed);
        }

        var groups = await _calls.GetAsync("formation-longue/groupes", cancellation);
        if (groups.Status != 200 || YpareoJson.List(groups.Body) is not { } list)
        {
            return Nothing(groups);
        }

        Name(list);
        var emails = await EmailsAsync(cancellation);
        var trainers = await TrainersAsync(cancellation);
        foreach (var (code, name) in _groups)
        {
            if (_isTimeUp())
            {
                Remark("ypareo-unread", $"Le temps a manqué pour lire le groupe {name} : son planning reste tel quel.");
                continue;
            }

            await MembersAsync(code, name, emails, cancellation);
            for (var window = 0; window < Windows; window++)
            {
                var first = _today.AddDays(window * WindowDays);
                await PlanningAsync(code, name, first, first.AddDays(WindowDays - 1), cancellation);
            }
        }

        var training = new YpareoTraining(
            Training, $"Formations suivies dans YPAREO, {SchoolYear}-{SchoolYear + 1}", FirstDay, FirstDay.AddYears(1).AddDays(-1));
        return new YpareoRead(
            _settings.Training is null ? [training] : [], trainers, [.. _learners.Values], _enrolments, [.. _sessions.Values], _spans,
            _remarks);
    }

    private static YpareoRead Nothing(YpareoAnswer refused) => new([], [], [], [], [], [], [], refused);

    // Two groups of one name would be one group here: the second keeps its code.
    private void Name(IReadOnlyList<JsonElement> list)
    {
        foreach (var group in list)
        {
            var code = YpareoJson.Text(group, "codeGroupe");
            var given = Separators().Replace(YpareoJson.Text(group, "nomGroupe"), "-").Trim(' ', '-');
            if (code.Length > 0 && _settings.Reads(code))
            {
                var name = given.Length == 0 ? code : given;
                _groups[code] = _groups.ContainsValue(name) ? $"{name} ({code})" : name;
            }
        }
    }

    private async Task<Dictionary<string, string>?> EmailsAsync(CancellationToken cancellation)
    {
        var users = await ListAsync("utilisateur/apprenants", "les adresses e-mail des stagiaires", cancellation);
        return users is not { Count: > 0 } ? null : users
            .Where(u => YpareoJson.Text(u, "codeApprenant").Length > 0)
            .GroupBy(u => YpareoJson.Text(u, "codeApprenant"))
            .ToDictionary(u => u.Key, u => YpareoJson.Text(u.First(), "email"));
    }

    private async Task<IReadOnlyList<YpareoPerson>> TrainersAsync(CancellationToken cancellation)
    {
        var staff = await ListAsync("utilisateur/personnels", "les formateurs", cancellation);
        return [.. (staff ?? [])
            .Where(p => YpareoJson.Flag(p, "isFormateur"))
            .Select(p => new YpareoPerson(
                YpareoJson.Text(p, "codePersonnel"), YpareoJson.Text(p, "nom"), YpareoJson.Text(p, "prenom"), YpareoJson.Text(p, "email")))
            .Where(p => p.Ref.Length > 0)
            .DistinctBy(p => p.Ref)];
    }

    private async Task MembersAsync(
        string code, string name, Dictionary<string, string>? emails, CancellationToken cancellation)
    {
        var members = await ListAsync($"groupes/{Uri.EscapeDataString(code)}/apprenants", $"les stagiaires du groupe {name}", cancellation);
        foreach (var member in members ?? [])
        {
            var learner = YpareoJson.Text(member, "codeApprenant");
            if (learner.Length > 0)
            {
                _learners.TryAdd(learner, new YpareoPerson(
                    learner, YpareoJson.Text(member, "nomApprenant"), YpareoJson.Text(member, "prenomApprenant"),
                    emails is null ? null : emails.GetValueOrDefault(learner, "")));
                (_members.TryGetValue(code, out var all) ? all : _members[code] = []).Add(learner);
                _enrolments.Add(new YpareoEnrolment($"{learner}-{code}", learner, Training, name, _settings.Funder, FirstDay));
            }
        }
    }

    private async Task PlanningAsync(string code, string name, DateOnly first, DateOnly last, CancellationToken cancellation)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture, $"planning/{first:dd-MM-yyyy}/{last:dd-MM-yyyy}/groupes/{Uri.EscapeDataString(code)}");
        var what = string.Create(CultureInfo.InvariantCulture, $"le planning du groupe {name} du {first:dd/MM/yyyy} au {last:dd/MM/yyyy}");
        var courses = await ListAsync(path, what, cancellation, "cours");
        if (courses is null)
        {
            return;
        }

        // A course that cannot be read may be any of those that are known: then nothing of these days is said to be gone.
        var unread = 0;
        foreach (var course in courses)
        {
            unread += TryAdd(course, code) ? 0 : 1;
        }

        if (unread == 0)
        {
            _spans.Add(new YpareoSpan(Training, name, first, last));
        }
    }

    // The same course comes back under every group that shares it: it is one session.
    private bool TryAdd(JsonElement course, string asked)
    {
        var reference = YpareoJson.Text(course, "codeSeance");
        if (_sessions.ContainsKey(reference))
        {
            return true;
        }

        if (reference.Length == 0)
        {
            Remark("ypareo-unread", $"Une séance du groupe {_groups[asked]} n'a pas de code.");
            return false;
        }

        if (!YpareoJson.TryDate(YpareoJson.Text(course, "date"), out var date))
        {
            Remark("ypareo-unread", $"Séance {reference} : la date « {YpareoJson.Text(course, "date")} » ne se lit pas.");
            return false;
        }

        var codes = YpareoJson.Codes(course, "codesGroupe").Append(asked).Where(_groups.ContainsKey).Distinct().ToList();
        var room = YpareoJson.Text(course, "nomSalle");
        _sessions[reference] = new YpareoSession(
            reference, Training, date, YpareoJson.Text(course, "heureDebut"), YpareoJson.Text(course, "heureFin"),
            [.. codes.Select(c => _groups[c]).Order(StringComparer.Ordinal)], YpareoJson.Codes(course, "codesPersonnel"),
            YpareoJson.Text(course, "nomMatiere"), room.Length > 0 ? room : string.Join(", ", YpareoJson.Codes(course, "codesSalle")),
            YpareoJson.Flag(course, "isDistance"));
        RemarkOnPart(course, reference, asked);
        return true;
    }

    // A half-day is a whole group's here: whom YPAREO leaves out of it, a person takes off on its page.
    private void RemarkOnPart(JsonElement course, string reference, string group)
    {
        var there = YpareoJson.Codes(course, "codesApprenant");
        var missing = _members.GetValueOrDefault(group)?.Except(there).Count() ?? 0;
        if (there.Count > 0 && missing > 0)
        {
            Remark(
                "ypareo-part-of-group",
                $"Séance {reference} : YPAREO n'y prévoit pas {missing} stagiaire(s) du groupe {_groups[group]}. "
                + "Retirez-les sur la page de la séance.");
        }
    }

    private async Task<IReadOnlyList<JsonElement>?> ListAsync(
        string path, string what, CancellationToken cancellation, string? member = null)
    {
        var answer = await _calls.GetAsync(path, cancellation);
        var list = answer.Status == 200 ? YpareoJson.List(answer.Body, member) : null;
        if (list is null)
        {
            var answered = answer.Trouble ?? answer.Status.ToString(CultureInfo.InvariantCulture);
            if (answer.Status is 401 or 403)
            {
                Remark("ypareo-refused", $"YPAREO refuse {what} ({answered}). Donnez ce droit au jeton ; le reste est lu sans attendre.");
            }
            else
            {
                Remark("ypareo-unread", $"YPAREO n'a pas donné {what} ({answered}). Ce qui en est connu reste tel quel.");
            }
        }

        return list;
    }

    private void Remark(string code, string sentence) => _remarks.Add(new YpareoRemark(code, sentence));

    [GeneratedRegex(@"\s*[,;/|+&]\s*|(?<=\s)et(?=\s)", RegexOptions.IgnoreCase)]
    private static partial Regex Separators();
}
