using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>Reads the file of trainers (formateurs).</summary>
/// <param name="journal">Takes what is to be said of its rows.</param>
/// <param name="known">Trainers that are stored; those of the file come to them.</param>
public sealed class TrainerRows(ImportJournal journal, KnownTrainers known)
{
    private readonly Dictionary<Reference, (Trainer Trainer, int Line)> _trainers = [];
    private readonly AbsentColumns _absent = new();

    /// <summary>Rows read, good or bad.</summary>
    public int Read { get; private set; }

    /// <summary>Good rows, in the order of the file.</summary>
    public IEnumerable<Trainer> Trainers => _trainers.Values.Select(t => t.Trainer);

    /// <summary>The line of a good row; 0 when there is none.</summary>
    public int LineOf(Reference trainer) => _trainers.TryGetValue(trainer, out var known) ? known.Line : 0;

    public void Add(ImportRow row)
    {
        Read++;
        _absent.Of(row);
        row.CheckShape();
        var reference = row.Named("formateur_ref", row.RequiredReference("formateur_ref"), known.References);
        var lastName = row.Required("nom");
        var firstName = row.Required("prenom");
        if (row.Problem is null && _trainers.TryGetValue(reference, out var earlier))
        {
            row.Refuse(ImportCode.DuplicateInFile, ImportSentences.Duplicate(earlier.Line));
        }

        var email = row.OptionalEmail("email");
        if (row.Reported(journal, "formateur_ref"))
        {
            return;
        }

        var trainer = new Trainer { Ref = reference, LastName = lastName, FirstName = firstName, Email = email };
        _trainers.Add(reference, (trainer, row.Line));
        known.Add(trainer);
    }

    /// <summary>What a stored trainer becomes: what a person changed stays.</summary>
    public Trainer Merge(Trainer stored, Trainer file) =>
        PersonFields.OfTrainer.ByFile(stored, Said(stored, file), column => _absent.Has(LineOf(file.Ref), column));

    /// <summary>Columns in which the file says something else than a person did.</summary>
    public IReadOnlyList<string> Overruled(Trainer stored, Trainer file) => PersonFields.OfTrainer.Overruled(stored, Said(stored, file));

    private Trainer Said(Trainer stored, Trainer file) =>
        file with { Email = _absent.Keep(LineOf(file.Ref), "email", stored.Email, file.Email) };
}
