using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import;

/// <summary>A learner's enrolment in a training's group: what a list of periods belongs to.</summary>
public readonly record struct EnrolmentKey(Reference Learner, Reference Training, string Group);

/// <summary>
/// Reads the file of learners (stagiaires): one row a period. The rows of one learner, training and group are the complete list of that enrolment's periods,
/// which is how a change of funder is written: the old row with its exit date, and a second row with the new funder.
/// </summary>
/// <param name="trainingExists">Whether a training is stored or in the import.</param>
/// <param name="today">Local date, for two-digit years of birth.</param>
public sealed class LearnerRows(ImportJournal journal, Func<Reference, bool> trainingExists, DateOnly today)
{
    private readonly Dictionary<Reference, (Learner Learner, int Line)> _learners = [];
    private readonly Dictionary<EnrolmentKey, List<(EnrolmentPeriod Period, int Line)>> _enrolments = [];
    private readonly HashSet<EnrolmentKey> _incomplete = [];

    /// <summary>Rows read, good or bad.</summary>
    public int Read { get; private set; }

    /// <summary>Learners with a good row, in the order of the file.</summary>
    public IEnumerable<Learner> Learners => _learners.Values.Select(l => l.Learner);

    public IEnumerable<EnrolmentKey> Enrolments => _enrolments.Keys;

    public Learner Learner(Reference reference) => _learners[reference].Learner;

    /// <summary>0 when the file does not name the learner.</summary>
    public int LineOf(Reference learner) => _learners.TryGetValue(learner, out var known) ? known.Line : 0;

    /// <summary>Whether a row of this enrolment was refused: its periods are then not the complete list, and a stored enrolment stays as it is.</summary>
    public bool IsIncomplete(EnrolmentKey key) => _incomplete.Contains(key);

    public Enrolment Enrolment(EnrolmentKey key) => new()
    {
        LearnerRef = key.Learner,
        TrainingRef = key.Training,
        Group = key.Group,
        Periods = [.. _enrolments[key].Select(p => p.Period).OrderBy(p => p.Entry)],
    };

    public void Add(ImportRow row)
    {
        Read++;
        row.CheckShape();
        var learner = ReadLearner(row);
        var training = row.RequiredReference("action_ref");
        var group = row.RequiredReference("groupe");
        var funder = row.Required("financeur").ToUpperInvariant();
        var entry = row.RequiredDate("entree");
        var exit = row.OptionalDate("sortie");
        if (exit < entry)
        {
            row.Refuse(ImportCode.EndBeforeStart, ImportSentences.EndBeforeStart("la période", row.Text("entree"), row.Text("sortie")));
        }

        if (row.Problem is null && !trainingExists(training))
        {
            row.Refuse(ImportCode.UnknownAction, ImportSentences.UnknownAction(training.Value));
        }

        EnrolmentKey? key = learner is null || row.Text("action_ref").Length == 0 || row.Text("groupe").Length == 0
            ? null
            : new EnrolmentKey(learner.Ref, training, row.Text("groupe"));
        if (row.Problem is null && Overlapping(key!.Value, entry, exit) is { } line)
        {
            row.Refuse(ImportCode.DuplicateInFile, ImportSentences.OverlappingPeriods(line));
        }

        if (row.Reported(journal, "stagiaire_ref"))
        {
            if (key is { } refused)
            {
                _incomplete.Add(refused);
            }

            return;
        }

        var period = new EnrolmentPeriod(
            funder, row.Optional("numero_region"), row.Optional("bdc"), entry, exit, row.Optional("entreprise"), row.Optional("tuteur_nom"),
            Emails.Optional(row, "tuteur_email", learner!.Ref, ImportKind.Learners, journal));
        (_enrolments.TryGetValue(key!.Value, out var periods) ? periods : _enrolments[key.Value] = []).Add((period, row.Line));
        Keep(learner with { Email = Emails.Optional(row, "email", learner.Ref, ImportKind.Learners, journal) }, row.Line);
    }

    private Learner? ReadLearner(ImportRow row)
    {
        var reference = row.RequiredReference("stagiaire_ref");
        var lastName = row.Required("nom");
        var firstName = row.Required("prenom");
        DateOnly? birth = null;
        if (row.Text("date_naissance") is { Length: > 0 } text)
        {
            if (PlanningText.TryParseBirthDate(text, today, out var date))
            {
                birth = date;
            }
            else
            {
                row.Refuse(ImportCode.InvalidDate, ImportSentences.Date("date_naissance", text));
            }
        }

        if (reference == default)
        {
            return null;
        }

        return new Learner
        {
            Ref = reference,
            Title = row.Optional("civilite"),
            LastName = lastName,
            FirstName = firstName,
            BirthDate = birth,
            Phone = row.Optional("telephone"),
            Language = Language(row, reference),
        };
    }

    private string Language(ImportRow row, Reference reference)
    {
        var text = row.Text("langue");
        if (text.Length == 0)
        {
            return "fr";
        }

        if (LanguageNames.TryParse(text, out var language))
        {
            return language;
        }

        journal.Warn(ImportKind.Learners, row.Line, reference.Value, ImportCode.ValueIgnored, ImportSentences.Ignored("langue", text));
        return "fr";
    }

    private int? Overlapping(EnrolmentKey key, DateOnly entry, DateOnly? exit) =>
        _enrolments.GetValueOrDefault(key)?
            .Where(p => p.Period.Entry <= (exit ?? DateOnly.MaxValue) && entry <= (p.Period.Exit ?? DateOnly.MaxValue))
            .Select(p => (int?)p.Line)
            .FirstOrDefault();

    private void Keep(Learner learner, int line)
    {
        if (_learners.TryAdd(learner.Ref, (learner, line)))
        {
            return;
        }

        var (kept, keptLine) = _learners[learner.Ref];
        if (kept != learner)
        {
            journal.Warn(ImportKind.Learners, line, learner.Ref.Value, ImportCode.ValueIgnored, ImportSentences.OtherIdentity(keptLine));
        }
    }
}
