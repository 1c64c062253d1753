using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>Reads the file of trainings (actions).</summary>
/// <param name="journal">Takes what is to be said of its rows.</param>
/// <param name="known">Trainings that are stored; those of the file come to them.</param>
public sealed class TrainingRows(ImportJournal journal, KnownReferences known)
{
    private readonly Dictionary<Reference, (Training Training, int Line)> _trainings = [];
    private readonly AbsentColumns _absent = new();

    /// <summary>Rows read, good or bad.</summary>
    public int Read { get; private set; }

    /// <summary>Good rows, in the order of the file.</summary>
    public IEnumerable<Training> Trainings => _trainings.Values.Select(t => t.Training);

    public Training? Find(Reference reference) => _trainings.TryGetValue(reference, out var found) ? found.Training : null;

    public void Add(ImportRow row)
    {
        Read++;
        _absent.Of(row);
        row.CheckShape();
        var reference = row.Named("action_ref", row.RequiredReference("action_ref"), known);
        var title = row.Required("intitule");
        var first = row.RequiredDate("date_debut");
        var last = row.RequiredDate("date_fin");
        if (last < first)
        {
            row.Refuse(ImportCode.EndBeforeStart, ImportSentences.EndBeforeStart("l'action", row.Text("date_debut"), row.Text("date_fin")));
        }

        if (row.Problem is null && _trainings.TryGetValue(reference, out var earlier))
        {
            row.Refuse(ImportCode.DuplicateInFile, ImportSentences.Duplicate(earlier.Line));
        }

        var (centre, company) = (Hours(row, "heures_centre"), Hours(row, "heures_entreprise"));
        if (row.Reported(journal, "action_ref"))
        {
            return;
        }

        var training = new Training
        {
            Ref = reference,
            Title = title,
            Certification = row.Optional("certification"),
            RegionNumber = row.Optional("numero_region"),
            OrderNumber = row.Optional("bdc"),
            Site = row.Optional("site"),
            Address = row.Optional("adresse"),
            FirstDay = first,
            LastDay = last,
            CentreHours = centre,
            CompanyHours = company,
        };
        _trainings.Add(reference, (training, row.Line));
        known.Add(reference);
    }

    /// <summary>What a stored training becomes. Its methods belong to the manager, never to a file.</summary>
    public Training Merge(Training stored, Training file) => file with
    {
        Certification = _absent.Keep(_trainings[file.Ref].Line, "certification", stored.Certification, file.Certification),
        RegionNumber = _absent.Keep(_trainings[file.Ref].Line, "numero_region", stored.RegionNumber, file.RegionNumber),
        OrderNumber = _absent.Keep(_trainings[file.Ref].Line, "bdc", stored.OrderNumber, file.OrderNumber),
        Site = _absent.Keep(_trainings[file.Ref].Line, "site", stored.Site, file.Site),
        Address = _absent.Keep(_trainings[file.Ref].Line, "adresse", stored.Address, file.Address),
        CentreHours = _absent.Keep(_trainings[file.Ref].Line, "heures_centre", stored.CentreHours, file.CentreHours),
        CompanyHours = _absent.Keep(_trainings[file.Ref].Line, "heures_entreprise", stored.CompanyHours, file.CompanyHours),
        Methods = stored.Methods,
    };

    private static decimal? Hours(ImportRow row, string column)
    {
        var text = row.Text(column);
        if (text.Length == 0)
        {
            return null;
        }

        if (decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours)
            && hours < 100_000)
        {
            return hours;
        }

        row.Warn(ImportCode.ValueIgnored, ImportSentences.Ignored(column, text));
        return null;
    }
}
