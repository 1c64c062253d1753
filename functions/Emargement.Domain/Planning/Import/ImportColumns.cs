using System.Globalization;
using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import;

/// <summary>The four files of an import.</summary>
public enum ImportKind
{
    Trainings,
    Trainers,
    Learners,
    Planning,
}

/// <summary>A column of a file: its heading, whether each row must fill it, and the other headings under which it is known.</summary>
public sealed record ImportColumn(string Name, bool Required, params string[] Synonyms);

/// <summary>What a row of learners speaks of: a file's of both.</summary>
public enum RowPart
{
    Whole,
    Person,
    Enrolment,
}

/// <summary>The columns of each kind of file, and how a heading line tells which kind it is.</summary>
public static class ImportColumns
{
    private static readonly Dictionary<ImportKind, ImportColumn[]> Columns = new()
    {
        [ImportKind.Trainings] =
        [
            new("action_ref", true, "action", "reference", "ref action", "code action"),
            new("intitule", true, "libelle"), new("certification", false),
            new("numero_region", false),
            new("bdc", false, "bon de commande"), new("site", false), new("adresse", false), new("date_debut", true, "date de debut"),
            new("date_fin", true, "date de fin"),
            new("heures_centre", false), new("heures_entreprise", false),
        ],
        [ImportKind.Trainers] =
        [
            new("formateur_ref", true, "formateur", "reference", "ref formateur", "code formateur"), new("nom", true), new("prenom", true),
            new("email", false, "mail", "courriel"),
        ],
        [ImportKind.Learners] =
        [
            new("stagiaire_ref", true, "stagiaire", "reference", "ref stagiaire", "code stagiaire"), new("civilite", false),
            new("nom", true), new("prenom", true),
            new("date_naissance", false, "date de naissance"), new("email", false, "mail", "courriel"), new("telephone", false, "tel"),
            new("langue", false), new("action_ref", true, "action", "ref action", "code action"), new("groupe", true, "groupes"),
            new("financeur", true),
            new("numero_region", false),
            new("bdc", false, "bon de commande"), new("entree", true, "date entree", "date d'entree"),
            new("sortie", false, "date sortie", "date de sortie"),
            new("entreprise", false), new("tuteur_nom", false, "tuteur"), new("tuteur_email", false, "e-mail tuteur", "mail tuteur"),
        ],
        [ImportKind.Planning] =
        [
            new("seance_ref", true, "seance", "reference", "ref seance", "reference seance", "code seance", "numero seance"),
            new("action_ref", true, "action", "ref action", "reference action", "code action"),
            new("date", true, "date seance", "date de la seance"),
            new("debut", true, "heure debut", "heure de debut"),
            new("fin", true, "heure fin", "heure de fin"), new("pause_debut", false, "debut pause"), new("pause_fin", false, "fin pause"),
            new("groupe", true, "groupes"),
            new("formateur_ref", false, "formateur", "formateurs", "ref formateur", "code formateur"), new("module", false, "modules"),
            new("site", false), new("salle", false, "salles"), new("modalite", false),
        ],
    };

    /// <summary>Columns that hold dates, whatever the file.</summary>
    internal static readonly string[] Dates = ["date", "date_debut", "date_fin", "date_naissance", "entree", "sortie"];

    /// <summary>Whether a column holds dates.</summary>
    public static bool IsDate(string column) => Dates.Contains(column);

    public static IReadOnlyList<ImportColumn> Of(ImportKind kind) => Columns[kind];

    /// <summary>The name of the file as the format writes it.</summary>
    public static string FileName(ImportKind kind) => kind switch
    {
        ImportKind.Trainings => "actions.csv",
        ImportKind.Trainers => "formateurs.csv",
        ImportKind.Learners => "stagiaires.csv",
        _ => "planning.csv",
    };

    /// <summary>Headings are compared without case, accents, spaces, underscores or punctuation.</summary>
    public static string Normalise(string heading)
    {
        var builder = new StringBuilder(heading.Length);
        foreach (var c in heading.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && char.IsLetterOrDigit(c))
            {
                builder.Append(char.ToLowerInvariant(c));
            }
        }

        return builder.ToString();
    }
}

/// <summary>What a heading line says of its file.</summary>
public sealed class ImportHeading
{
    private readonly Dictionary<string, int> _index = [];

    private ImportHeading(ImportKind kind, IReadOnlyList<string> cells)
    {
        Kind = kind;
        Width = cells.Count;
        var unknown = new List<string>();
        var names = ImportColumns.Of(kind)
            .SelectMany(c => c.Synonyms.Prepend(c.Name).Select(s => (Key: ImportColumns.Normalise(s), c.Name)))
            .ToDictionary(n => n.Key, n => n.Name);
        for (var i = 0; i < cells.Count; i++)
        {
            var known = names.TryGetValue(ImportColumns.Normalise(cells[i]), out var name);
            if ((!known || !_index.TryAdd(name!, i)) && cells[i].Trim().Length > 0)
            {
                unknown.Add(PlainText.Of(cells[i]));
            }
        }

        Unknown = unknown;
        DateColumns = [.. ImportColumns.Dates.Where(_index.ContainsKey)];
        Missing = [.. ImportColumns.Of(kind).Where(c => c.Required && !_index.ContainsKey(c.Name)).Select(c => c.Name)];
    }

    public ImportKind Kind { get; }

    /// <summary>Whether a calendar was read, which names people and never references.</summary>
    public bool IsOfCalendar { get; private init; }

    /// <summary>What its rows speak of.</summary>
    public RowPart Part { get; private init; }

    /// <summary>Columns of the file that hold dates.</summary>
    public IReadOnlyList<string> DateColumns { get; }

    /// <summary>Whether the file has a column: what it does not have, it says nothing about.</summary>
    public bool Has(string column) => _index.ContainsKey(column);

    /// <summary>Columns that the file has.</summary>
    public int Width { get; }

    /// <summary>Headings that mean nothing here, or that come a second time.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Required columns that the file lacks.</summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>The kind of file that has the most of its required columns among these headings, if it has the one that holds its
    /// reference.</summary>
    public static ImportHeading? Of(IReadOnlyList<string> cells) =>
        Enum.GetValues<ImportKind>()
            .Select(kind => new ImportHeading(kind, cells))
            .Where(h => h._index.ContainsKey(ImportColumns.Of(h.Kind)[0].Name) && h._index.Count > 1)
            .OrderBy(h => h.Missing.Count)
            .ThenByDescending(h => h._index.Count)
            .FirstOrDefault();

    /// <summary>The columns that an event of a calendar fills.</summary>
    internal static ImportHeading OfCalendar(IReadOnlyList<string> columns) => new(ImportKind.Planning, columns) { IsOfCalendar = true };

    /// <summary>The columns that something pushed fills; what it must say and does not is found by its row.</summary>
    public static ImportHeading OfPush(ImportKind kind, IReadOnlyList<string> columns, RowPart part = RowPart.Whole) =>
        new(kind, columns) { Part = part };

    /// <summary>Where a column is, or -1.</summary>
    public int IndexOf(string column) => _index.GetValueOrDefault(column, -1);
}
