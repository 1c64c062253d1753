using System.Net;
using System.Text.RegularExpressions;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Import.Calendars;

/// <summary>What an event says of its session. Hyperplanning writes a field a line in the description (« Enseignant : Mme Vidal »), ADE
/// names groups and people a line each, Outlook has a title and a place.</summary>
public sealed partial record EventFields
{
    /// <summary>Characters of a description that are looked at.</summary>
    public const int MaxText = 4_000;

    private const int MaxLines = 40;

    // Without accents, case or plural; whatever stands behind the colon belongs to the field.
    private static readonly Dictionary<string, string> Labels = new()
    {
        ["matiere"] = nameof(Module),
        ["module"] = nameof(Module),
        ["cour"] = nameof(Module),
        ["enseignement"] = nameof(Module),
        ["enseignant"] = nameof(Trainer),
        ["enseignante"] = nameof(Trainer),
        ["professeur"] = nameof(Trainer),
        ["prof"] = nameof(Trainer),
        ["formateur"] = nameof(Trainer),
        ["formatrice"] = nameof(Trainer),
        ["intervenant"] = nameof(Trainer),
        ["intervenante"] = nameof(Trainer),
        ["salle"] = nameof(Room),
        ["lieu"] = nameof(Room),
        ["groupe"] = nameof(Groups),
        ["promotion"] = nameof(Groups),
        ["promo"] = nameof(Groups),
        ["classe"] = nameof(Groups),
        ["public"] = nameof(Groups),
        ["formation"] = nameof(Training),
        ["action"] = nameof(Training),
        ["type"] = nameof(Type),
        ["modalite"] = nameof(Type),
    };

    public string? Module { get; private init; }

    public string? Trainer { get; private init; }

    public string? Room { get; private init; }

    /// <summary>Groups by name, in one text.</summary>
    public string? Groups { get; private init; }

    public string? Training { get; private init; }

    public string? Type { get; private init; }

    /// <summary>Lines of the description that are no field.</summary>
    public IReadOnlyList<string> Lines { get; private init; } = [];

    /// <summary>Distance when the kind or the place says so; null when nothing is said.</summary>
    public Modality? Modality { get; private init; }

    /// <summary>Whether it says in words that it does not take place: Outlook writes « Annulé : » before the title, others a
    /// line.</summary>
    public bool IsCalledOff { get; private init; }

    public static EventFields Of(string summary, string location, string description)
    {
        var fields = new Dictionary<string, string>();
        var lines = new List<string>();
        // Google keeps descriptions as pages do.
        var text = WebUtility.HtmlDecode(Tag().Replace(LineTag().Replace(Cut(description), "\n"), " "));
        foreach (var line in text.Split('\n').Select(PlainText.Of).Where(l => l.Length > 0).Take(MaxLines))
        {
            var match = Field().Match(line);
            if (match.Success && Labels.TryGetValue(ImportColumns.Normalise(match.Groups["label"].Value).TrimEnd('s'), out var name))
            {
                // A second line of the same name adds to the first: two trainers, two groups.
                var value = match.Groups["value"].Value;
                fields[name] = fields.TryGetValue(name, out var first) ? $"{first}, {value}" : value;
            }
            else
            {
                lines.Add(line);
            }
        }

        var (title, place) = (PlainText.Of(Cut(summary)), PlainText.Of(Cut(location)));
        return new EventFields
        {
            Module = fields.GetValueOrDefault(nameof(Module)) ?? Filled(title),
            Trainer = fields.GetValueOrDefault(nameof(Trainer)),
            Room = fields.GetValueOrDefault(nameof(Room)) ?? Filled(place),
            Groups = fields.GetValueOrDefault(nameof(Groups)),
            Training = fields.GetValueOrDefault(nameof(Training)),
            Type = fields.GetValueOrDefault(nameof(Type)),
            Lines = lines,
            IsCalledOff = CalledOff().IsMatch(title)
                || lines.Append(fields.GetValueOrDefault(nameof(Type)) ?? "").Any(OnlyCalledOff().IsMatch),
            Modality = ModalityOf(fields.GetValueOrDefault(nameof(Type)) ?? "", place),
        };
    }

    private static Modality? ModalityOf(string type, string place) =>
        type.Length > 0 && ModalityNames.TryParse(type, out var named) ? named
        : OnLine().IsMatch(place) ? Sessions.Modality.Distance
        : null;

    private static string Cut(string text) => text.Length <= MaxText ? text : text[..MaxText];

    private static string? Filled(string text) => text.Length == 0 ? null : text;

    [GeneratedRegex(@"\A(?<label>[\p{L}\p{M} ()]{2,30}?) ?: ?(?<value>\S.*)\z")]
    private static partial Regex Field();

    [GeneratedRegex(@"\A(?:(?:cours|séance|réunion) )?(?:annulée?|canceled|cancelled) ?:", RegexOptions.IgnoreCase)]
    private static partial Regex CalledOff();

    [GeneratedRegex(@"\A(?:(?:cours|séance|réunion) )?annulée?\z", RegexOptions.IgnoreCase)]
    private static partial Regex OnlyCalledOff();

    [GeneratedRegex(@"<(?:br|p|div|li)\b[^>]{0,200}>", RegexOptions.IgnoreCase)]
    private static partial Regex LineTag();

    [GeneratedRegex(@"</?[a-z][^>]{0,200}>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"https?://|\b(?:teams|zoom|visio\w*|webex|meet)\b|distanciel|à distance|en ligne", RegexOptions.IgnoreCase)]
    private static partial Regex OnLine();
}
