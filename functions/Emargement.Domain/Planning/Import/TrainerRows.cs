using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import;

/// <summary>Reads the file of trainers (formateurs).</summary>
public sealed class TrainerRows(ImportJournal journal)
{
    private readonly Dictionary<Reference, (Trainer Trainer, int Line)> _trainers = [];

    /// <summary>Rows read, good or bad.</summary>
    public int Read { get; private set; }

    /// <summary>Good rows, in the order of the file.</summary>
    public IEnumerable<Trainer> Trainers => _trainers.Values.Select(t => t.Trainer);

    /// <summary>The line of a good row; 0 when there is none.</summary>
    public int LineOf(Reference trainer) => _trainers.TryGetValue(trainer, out var known) ? known.Line : 0;

    public bool Has(Reference reference) => _trainers.ContainsKey(reference);

    public void Add(ImportRow row)
    {
        Read++;
        row.CheckShape();
        var reference = row.RequiredReference("formateur_ref");
        var lastName = row.Required("nom");
        var firstName = row.Required("prenom");
        if (row.Problem is null && _trainers.TryGetValue(reference, out var earlier))
        {
            row.Refuse(ImportCode.DuplicateInFile, ImportSentences.Duplicate(earlier.Line));
        }

        if (row.Reported(journal, "formateur_ref"))
        {
            return;
        }

        var email = Emails.Optional(row, "email", reference, ImportKind.Trainers, journal);
        _trainers.Add(reference, (new Trainer { Ref = reference, LastName = lastName, FirstName = firstName, Email = email }, row.Line));
    }
}

internal static class Emails
{
    /// <summary>The address, or null with a remark when something stands there that is none. A person without e-mail is a normal person.</summary>
    public static EmailAddress? Optional(ImportRow row, string column, Reference reference, ImportKind kind, ImportJournal journal)
    {
        var text = row.Text(column);
        if (text.Length == 0)
        {
            return null;
        }

        if (EmailAddress.TryParse(text, out var email))
        {
            return email;
        }

        journal.Warn(kind, row.Line, reference.Value, ImportCode.ValueIgnored, ImportSentences.Ignored(column, text));
        return null;
    }
}
