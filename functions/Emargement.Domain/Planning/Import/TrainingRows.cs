using System.Globalization;
using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import;

/// <summary>Reads the file of trainings (actions).</summary>
public sealed class TrainingRows(ImportJournal journal)
{
    private readonly Dictionary<Reference, (Training Training, int Line)> _trainings = [];

    /// <summary>Rows read, good or bad.</summary>
    public int Read { get; private set; }

    /// <summary>Good rows, in the order of the file.</summary>
    public IEnumerable<Training> Trainings => _trainings.Values.Select(t => t.Training);

    public Training? Find(Reference reference) => _trainings.TryGetValue(reference, out var found) ? found.Training : null;

    public void Add(ImportRow row)
    {
        Read++;
        row.CheckShape();
        var reference = row.RequiredReference("action_ref");
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
            CentreHours = Hours(row, "heures_centre"),
            CompanyHours = Hours(row, "heures_entreprise"),
        };
        _trainings.Add(reference, (training, row.Line));
    }

    private decimal? Hours(ImportRow row, string column)
    {
        var text = row.Text(column);
        if (text.Length == 0)
        {
            return null;
        }

        if (decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hours) && hours < 100_000)
        {
            return hours;
        }

        journal.Warn(ImportKind.Trainings, row.Line, row.Text("action_ref"), ImportCode.ValueIgnored, ImportSentences.Ignored(column, text));
        return null;
    }
}
