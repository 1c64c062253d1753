using Emargement.Domain.People;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>A learner's enrolment in a training's group: what a list of periods belongs to.</summary>
public readonly record struct EnrolmentKey(Reference Learner, Reference Training, string Group);

/// <summary>What the file of learners may refer to: stored, or in the same import.</summary>
/// <param name="Trainings">Trainings that there are.</param>
/// <param name="Learners">Learners that there are; those of the file come to them.</param>
/// <param name="Groups">Groups of a training that somebody is enrolled in; those of the file come to them.</param>
/// <param name="Today">Local date, for two-digit years of birth.</param>
/// <param name="Stored">A learner as stored, for a row that names one and says no more of them.</param>
public sealed record LearnerContext(
    KnownReferences Trainings, KnownReferences Learners, KnownGroups Groups, DateOnly Today, Func<Reference, Learner?> Stored);

/// <summary>
/// Reads the file of learners (stagiaires): one row a period. The rows of one learner, training and group are the complete list of that
/// enrolment's periods,
/// which is how a change of funder is written: the old row with its exit date, and a second row with the new funder. A system that pushes
/// sends the person and the periods apart.
/// </summary>
public sealed class LearnerRows(ImportJournal journal, LearnerContext context)
{
    private readonly Dictionary<Reference, (Learner Learner, int Line)> _learners = [];
    private readonly Dictionary<EnrolmentKey, List<(EnrolmentPeriod Period, int Line)>> _enrolments = [];
    private readonly HashSet<EnrolmentKey> _incomplete = [];
    private readonly AbsentColumns _absent = new();

    /// <summary>Rows read, good or bad.</summary>
    public int Read { get; private set; }

    /// <summary>Learners with a good row, in the order of the file.</summary>
    public IEnumerable<Learner> Learners => _learners.Values.Select(l => l.Learner);

    public IReadOnlyCollection<EnrolmentKey> Enrolments => _enrolments.Keys;

    /// <summary>0 when the file does not name the learner.</summary>
    public int LineOf(Reference learner) => _learners.TryGetValue(learner, out var known) ? known.Line : 0;

    /// <summary>The line of an enrolment's last period; 0 when the file does not name it.</summary>
    public int LineOf(EnrolmentKey key) => _enrolments.TryGetValue(key, out var periods) ? periods[^1].Line : 0;

    /// <summary>Whether a row of this enrolment was refused: its periods are then not the complete list, and a stored enrolment stays as
    /// it is.</summary>
    public bool IsIncomplete(EnrolmentKey key) => _incomplete.Contains(key);

    /// <param name="key">One of <see cref="Enrolments"/>.</param>
    /// <param name="stored">The enrolment as it is stored, for what the file does not say; null for a new one.</param>
    public Enrolment Enrolment(EnrolmentKey key, Enrolment? stored) => new()
    {
        LearnerRef = key.Learner,
        TrainingRef = key.Training,
        Group = key.Group,
        Periods = [.. _enrolments[key].Select(p => Merge(stored, p.Period, p.Line)).OrderBy(p => p.Entry)],
    };

    /// <summary>What a stored learner becomes: what a person changed stays.</summary>
    public Learner Merge(Learner stored, Learner file) =>
        PersonFields.OfLearner.ByFile(stored, Said(stored, file), column => _absent.Has(LineOf(file.Ref), column));

    /// <summary>Columns in which the file says something else than a person did.</summary>
    public IReadOnlyList<string> Overruled(Learner stored, Learner file) => PersonFields.OfLearner.Overruled(stored, Said(stored, file));

    private Learner Said(Learner stored, Learner file) => file with
    {
        Title = _absent.Keep(LineOf(file.Ref), "civilite", stored.Title, file.Title),
        BirthDate = _absent.Keep(LineOf(file.Ref), "date_naissance", stored.BirthDate, file.BirthDate),
        Email = _absent.Keep(LineOf(file.Ref), "email", stored.Email, file.Email),
        Phone = _absent.Keep(LineOf(file.Ref), "telephone", stored.Phone, file.Phone),
        Language = _absent.Keep(LineOf(file.Ref), "langue", stored.Language, file.Language),
    };

    public void Add(ImportRow row)
    {
        Read++;
        _absent.Of(row);
        row.CheckShape();
        var learner = row.Heading.Part == RowPart.Enrolment ? FindLearner(row) : ReadLearner(row);
        if (row.Heading.Part == RowPart.Person)
        {
            if (!row.Reported(journal, "stagiaire_ref"))
            {
                context.Learners.Add(learner!.Ref);
                Keep(learner, row.Line);
            }

            return;
        }

        var training = row.Named("action_ref", row.RequiredReference("action_ref"), context.Trainings);
        var group = row.RequiredReference("groupe");
        var funder = row.Required("financeur").ToUpperInvariant();
        var entry = row.RequiredDate("entree");
        var exit = row.OptionalDate("sortie");
        if (exit < entry)
        {
            row.Refuse(ImportCode.EndBeforeStart, ImportSentences.EndBeforeStart("la période", row.Text("entree"), row.Text("sortie")));
        }

        if (row.Problem is null && context.Trainings.Find(training) is null)
        {
            row.Refuse(ImportCode.UnknownAction, ImportSentences.UnknownAction(training.Value));
        }

        EnrolmentKey? key = learner is null || training == default || group == default
            ? null
            : new EnrolmentKey(learner.Ref, training, row.Named("groupe", group, context.Groups.Of(training)).Value);
        if (row.Problem is null && Overlapping(key!.Value, entry, exit) is { } line)
        {
            row.Refuse(ImportCode.DuplicateInFile, ImportSentences.OverlappingPeriods(line));
        }

        var tutorEmail = row.OptionalEmail("tuteur_email");
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
            tutorEmail);
        (_enrolments.TryGetValue(key!.Value, out var periods) ? periods : _enrolments[key.Value] = []).Add((period, row.Line));
        context.Groups.Add(training, key.Value.Group);
        context.Learners.Add(learner!.Ref);
        Keep(learner, row.Line);
    }

    // The stored period that a row speaks of is the one that begins with it, or the one that its first day falls into.
    private EnrolmentPeriod Merge(Enrolment? stored, EnrolmentPeriod file, int line)
    {
        var old = stored?.Periods.FirstOrDefault(p => p.Entry == file.Entry) ?? stored?.On(file.Entry);
        return old is null ? file : file with
        {
            RegionNumber = _absent.Keep(line, "numero_region", old.RegionNumber, file.RegionNumber),
            OrderNumber = _absent.Keep(line, "bdc", old.OrderNumber, file.OrderNumber),
            Exit = _absent.Keep(line, "sortie", old.Exit, file.Exit),
            Company = _absent.Keep(line, "entreprise", old.Company, file.Company),
            TutorName = _absent.Keep(line, "tuteur_nom", old.TutorName, file.TutorName),
            TutorEmail = _absent.Keep(line, "tuteur_email", old.TutorEmail, file.TutorEmail),
        };
    }

    private Learner? FindLearner(ImportRow row)
    {
        var reference = row.Named("stagiaire_ref", row.RequiredReference("stagiaire_ref"), context.Learners);
        var found = _learners.TryGetValue(reference, out var known) ? known.Learner : context.Stored(reference);
        if (found is null)
        {
            row.Refuse(ImportCode.UnknownLearner, ImportSentences.UnknownLearner(reference.Value ?? ""));
        }

        return found;
    }

    private Learner? ReadLearner(ImportRow row)
    {
        var reference = row.Named("stagiaire_ref", row.RequiredReference("stagiaire_ref"), context.Learners);
        var lastName = row.Required("nom");
        var firstName = row.Required("prenom");
        DateOnly? birth = null;
        if (row.Text("date_naissance") is { Length: > 0 } text)
        {
            if (PlanningText.TryParseBirthDate(text, context.Today, out var date))
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
            Email = row.OptionalEmail("email"),
            Phone = row.Optional("telephone"),
            Language = Language(row),
        };
    }

    private static string Language(ImportRow row)
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

        row.Warn(ImportCode.ValueIgnored, ImportSentences.Ignored("langue", text));
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
