using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Import.Rows;
using Emargement.Domain.Platform;

namespace Emargement.Tests.Planning;

/// <summary>One example per rule of a row.</summary>
public sealed class ImportRowsTests
{
    private const string Good = "X-1;A1;02/11/2026;09:00;12:00;;;G1;F1;Communication;Toulouse;Salle 101;P";

    private static readonly string[] PlanningColumns =
        ["seance_ref", "action_ref", "date", "debut", "fin", "pause_debut", "pause_fin", "groupe", "formateur_ref", "module", "site",
            "salle", "modalite"];

    private static readonly Training A1 = new()
    {
        Ref = Reference.Parse("A1"),
        Title = "Accueil",
        FirstDay = new DateOnly(2026, 11, 2),
        LastDay = new DateOnly(2026, 12, 18),
    };

    private static readonly Trainer[] F =
    [
        new() { Ref = Reference.Parse("F1"), LastName = "Delpech", FirstName = "Rémi" },
        new() { Ref = Reference.Parse("F2"), LastName = "Vidal", FirstName = "Agnès" },
        new() { Ref = Reference.Parse("F3"), LastName = "Roux", FirstName = "Ian" },
        new() { Ref = Reference.Parse("F4"), LastName = "Roux", FirstName = "Ian" },
    ];

    [Theory]
    [InlineData("", "A1;02/11/2026;09:00;12:00;;;G1;F1;m;s;r;P", "missing-value")]
    [InlineData("X;A1;;09:00;12:00;;;G1;F1;m;s;r;P", "", "missing-value")]
    [InlineData("X;A1;02/11/2026;09:00;12:00;;;;F1;m;s;r;P", "", "missing-value")]
    [InlineData("X;A1;02/11/2026;09:00;12:00;10:00;;G1;F1;m;s;r;P", "", "missing-value")]
    [InlineData("X;A1;31/11/2026;09:00;12:00;;;G1;F1;m;s;r;P", "", "invalid-date")]
    [InlineData("X;A1;02/11/2026;25:00;12:00;;;G1;F1;m;s;r;P", "", "invalid-time")]
    [InlineData("X;A1;02/11/2026;09:00;12:00;10h;dix;G1;F1;m;s;r;P", "", "invalid-time")]
    [InlineData("X;A1;02/11/2026;14:00;13:00;;;G1;F1;m;s;r;P", "", "end-before-start")]
    [InlineData("X;A1;02/11/2026;14:00;14:00;;;G1;F1;m;s;r;P", "", "end-before-start")]
    [InlineData("X;A1;02/11/2026;09:00;17:00;13:00;12:00;G1;F1;m;s;r;P", "", "end-before-start")]
    [InlineData("X;A1;02/11/2026;06:00;18:01;;;G1;F1;m;s;r;P", "", "too-long")]
    [InlineData("X;A1;02/11/2026;09:00;12:00;;;G1;F1;m;s;r;Z", "", "invalid-modality")]
    [InlineData("X;A9;02/11/2026;09:00;12:00;;;G1;F1;m;s;r;P", "", "unknown-action")]
    [InlineData("X;A1;02/11/2026;09:00;12:00;;;G9;F1;m;s;r;P", "", "unknown-group")]
    [InlineData("X;A1;02/11/2026;09:00;12:00;;;G1;F1;Module; partie 1;s;r;P", "", "too-many-values")]
    public void A_bad_row_is_refused_with_its_reason(string start, string rest, string code)
    {
        var line = rest.Length > 0 ? $"{start};{rest}" : start;

        var (rows, journal) = Read(line, Good);

        var reported = journal.Lines().Lines.Single();
        (reported.Line, reported.Code, reported.Severity).ShouldBe((2, code, ImportSeverity.Error));
        reported.Text.ShouldStartWith("Ligne 2");
        journal.Rejected(ImportKind.Planning).ShouldBe(1);
        rows.Read.ShouldBe(2);
        rows.Sessions.Single().Ref.Value.ShouldBe("X-1", "the good row beside it is imported");
    }

    [Theory]
    [InlineData("X;A1;11/11/2026;09:00;12:00;;;G1;F1;m;s;r;P", "public-holiday")]
    [InlineData("X;A1;08/11/2026;09:00;12:00;;;G1;F1;m;s;r;P", "sunday")]
    [InlineData("X;A1;19/12/2026;09:00;12:00;;;G1;F1;m;s;r;P", "outside-training-dates")]
    [InlineData("X;A1;05/11/2026;09:00;12:00;;;G1;F9;m;s;r;P", "unknown-trainer")]
    public void An_odd_row_is_imported_and_flagged(string line, string code)
    {
        var (rows, journal) = Read(line);

        rows.Sessions.Count.ShouldBe(1);
        var reported = journal.Lines().Lines.Single();
        (reported.Code, reported.Severity).ShouldBe((code, ImportSeverity.Warning));
    }

    [Theory]
    [InlineData(500, 500, true)]
    [InlineData(501, 500, false)]
    public void A_value_has_at_most_500_characters(int length, int limit, bool accepted)
    {
        var (rows, journal) = Read($"X;A1;05/11/2026;09:00;12:00;;;G1;F1;{new string('m', length)};s;r;P");

        rows.Sessions.Count.ShouldBe(accepted ? 1 : 0);
        journal.Lines().Lines.Select(l => l.Code).ShouldBe(accepted ? [] : ["value-too-long"]);
        journal.Lines().Lines.ShouldAllBe(l => l.Text.Contains($"{limit}", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_reference_twice_keeps_the_first_row()
    {
        var (rows, journal) = Read(Good, Good.Replace("09:00", "10:00", StringComparison.Ordinal));

        rows.Sessions.Single().Line.ShouldBe(2);
        journal.Lines().Lines.Single().ShouldSatisfyAllConditions(
            l => l.Code.ShouldBe("duplicate-in-file"), l => l.Text.ShouldContain("ligne 2"));
    }

    [Fact]
    public void A_reference_that_a_split_slot_already_took_is_a_duplicate()
    {
        var (rows, journal) = Read("X;A1;05/11/2026;09:00;17:00;;;G1;F1;m;s;r;P", "X-M;A1;06/11/2026;09:00;12:00;;;G1;F1;m;s;r;P");

        rows.Sessions.Select(s => s.Ref.Value).ShouldBe(["X-M", "X-A"]);
        journal.Lines().Lines.Single().Code.ShouldBe("duplicate-in-file");
    }

    [Fact]
    public void A_good_row_after_a_bad_one_of_the_same_reference_is_imported()
    {
        var (rows, _) = Read("X;A1;31/11/2026;09:00;12:00;;;G1;F1;m;s;r;P", "X;A1;05/11/2026;09:00;12:00;;;G1;F1;m;s;r;P");

        rows.Sessions.Single().Line.ShouldBe(3);
        rows.RefusedSlots.ShouldBeEmpty();
    }

    [Fact]
    public void Overlapping_periods_of_one_enrolment_are_duplicates_and_a_change_of_funder_is_not()
    {
        var (rows, journal) = ReadLearners(
            "S1;Nom;Prénom;A1;G1;REGION;02/11/2026;15/11/2026",
            "S1;Nom;Prénom;A1;G1;opco;16/11/2026;",
            "S1;Nom;Prénom;A1;G1;REGION;20/11/2026;30/11/2026",
            "S1;Nom;Prénom;A1;G2;REGION;20/11/2026;30/11/2026");

        var enrolment = rows.Enrolment(new EnrolmentKey(Reference.Parse("S1"), A1.Ref, "G1"), stored: null);
        enrolment.Periods.Select(p => p.Funder).ShouldBe(["REGION", "OPCO"]);
        enrolment.On(new DateOnly(2026, 11, 16))!.Funder.ShouldBe("OPCO");
        journal.Lines().Lines.Single().ShouldSatisfyAllConditions(l => l.Line.ShouldBe(4), l => l.Code.ShouldBe("duplicate-in-file"));
        rows.Learners.Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("", 'P')]
    [InlineData("p", 'P')]
    [InlineData("Présentiel", 'P')]
    [InlineData("En centre", 'P')]
    [InlineData("salle 3", 'P')]
    [InlineData("D", 'D')]
    [InlineData("À distance", 'D')]
    [InlineData("FOAD (synchrone)", 'D')]
    [InlineData("Classe virtuelle", 'D')]
    [InlineData("e-learning", 'D')]
    [InlineData("Stage en entreprise", 'E')]
    [InlineData("hybride", null)]
    [InlineData("présentiel et distanciel", null)]
    public void A_modality_is_read_from_the_field_s_words(string text, char? modality)
    {
        ModalityNames.TryParse(text, out var read).ShouldBe(modality is not null);
        ((char)read).ShouldBe(modality ?? 'P');
    }

    [Theory]
    [InlineData("29/03/2026;01:00;02:00", true, "it ends as the clock is put forward")]
    [InlineData("29/03/2026;02:00;03:00", false, "no clock shows two o'clock")]
    [InlineData("29/03/2026;01:00;02:30", false, "nor half past two")]
    [InlineData("28/03/2026;22:00;02:30", false, "nor in the night that began the day before")]
    [InlineData("29/03/2026;02:59;04:00", false, "until three")]
    [InlineData("29/03/2026;03:00;04:00", true, "three o'clock there is")]
    public void An_hour_that_the_clock_skips_is_none(string when, bool read, string why)
    {
        var (rows, journal) = Read($"X;A1;{when};;;G1;F1;m;s;r;P");

        rows.Sessions.Count.ShouldBe(read ? 1 : 0, why);
        journal.Lines().Lines.Count(l => l.Code == "no-such-hour").ShouldBe(read ? 0 : 1, why);
        rows.Sessions.ShouldAllBe(s => s.End > s.Start);
    }

    [Fact]
    public void No_slot_of_any_clock_change_has_a_length_of_zero() => CsCheck.Check.Sample(
        CsCheck.Gen.Select(CsCheck.Gen.Int[0, 3], CsCheck.Gen.Int[0, 95], CsCheck.Gen.Int[1, 48]),
        slot =>
        {
            var (which, start, length) = slot;
            var day = new[] { "28/03/2026", "29/03/2026", "24/10/2026", "25/10/2026" }[which];
            string Clock(int quarter) => $"{quarter / 4 % 24:D2}:{quarter % 4 * 15:D2}";
            var (rows, _) = Read($"X;A1;{day};{Clock(start)};{Clock(start + length)};;;G1;F1;m;s;r;P");

            rows.Sessions.ShouldAllBe(s => s.End > s.Start && s.End - s.Start <= TimeSpan.FromHours(13));
        });

    [Theory]
    [InlineData("S1;Nom;Prénom;A9;G1;REGION;02/11/2026;", "unknown-action")]
    [InlineData("S1;Nom;;A1;G1;REGION;02/11/2026;", "missing-value")]
    [InlineData("S1;Nom;Prénom;A1;G1;;02/11/2026;", "missing-value")]
    [InlineData("S1;Nom;Prénom;A1;G1;REGION;;", "missing-value")]
    [InlineData("S1;Nom;Prénom;A1;G1;REGION;02/13/2026;", "invalid-date")]
    [InlineData("S1;Nom;Prénom;A1;G1;REGION;02/11/2026;01/11/2026", "end-before-start")]
    public void A_bad_learner_s_row_is_refused_with_its_reason(string line, string code)
    {
        var (rows, journal) = ReadLearners(line);

        rows.Learners.ShouldBeEmpty();
        journal.Lines().Lines.Single().Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("", "fr", "French is the language of who says none")]
    [InlineData("de", "de", "a code")]
    [InlineData("EN", "en", "in capitals")]
    [InlineData("es-ES", "es", "with its country")]
    [InlineData("pt_BR", "pt", "with its country, as some software writes it")]
    [InlineData("Italien", "it", "the name that an office writes")]
    [InlineData("français", "fr", "with its accents")]
    [InlineData("portugais ", "pt", "a blank typed after it")]
    [InlineData("allemand", "de", "every language of the app has its name")]
    [InlineData("anglais", "en", "every language of the app has its name")]
    [InlineData("espagnol", "es", "every language of the app has its name")]
    [InlineData("ar", "ar", "kept for the day the pages speak it")]
    public void A_learner_s_language_is_kept(string written, string kept, string why)
    {
        var (rows, journal) = ReadLearners($"S1;Nom;Prénom;A1;G1;REGION;02/11/2026;;{written}");

        rows.Learners.Single().Language.ShouldBe(kept, why);
        journal.Lines().Lines.ShouldBeEmpty(why);
    }

    [Theory]
    [InlineData("patois")]
    [InlineData("f")]
    [InlineData("12")]
    [InlineData("fr/en")]
    public void A_language_that_says_nothing_is_reported_and_french_stands_in(string written)
    {
        var (rows, journal) = ReadLearners($"S1;Nom;Prénom;A1;G1;REGION;02/11/2026;;{written}");

        rows.Learners.Single().Language.ShouldBe("fr");
        journal.Lines().Lines.Single().ShouldSatisfyAllConditions(
            l => l.Code.ShouldBe("value-ignored"), l => l.Severity.ShouldBe(ImportSeverity.Warning));
    }

    [Theory]
    [InlineData("SEANCE_REF;Action Ref;dâte;DEBUT;Fin;Groupe", ImportKind.Planning)]
    [InlineData("Séance;Groupe;Action;Date;Heure début;Heure fin", ImportKind.Planning)]
    [InlineData("formateur_ref;nom;prenom;email", ImportKind.Trainers)]
    [InlineData("action_ref;intitule;date_debut;date_fin", ImportKind.Trainings)]
    [InlineData("stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree", ImportKind.Learners)]
    public void A_file_is_told_by_its_headings(string heading, ImportKind kind)
    {
        var found = ImportHeading.Of(heading.Split(';'))!;

        found.Kind.ShouldBe(kind);
        found.Missing.ShouldBeEmpty();
    }

    [Fact]
    public void Headings_of_nothing_known_are_no_file() => ImportHeading.Of(["couleur", "taille", "prix"]).ShouldBeNull();

    private static (PlanningRows Rows, ImportJournal Journal) Read(params string[] lines)
    {
        var journal = new ImportJournal();
        var organisation = new Organisation { Id = OrganisationId.Parse("of"), Name = "OF", Nda = "1", Siret = "1", Region = "r" };
        var rows = new PlanningRows(journal, new PlanningContext(
            organisation, new KnownReferences([A1.Ref]), r => r == A1.Ref ? A1 : null, new KnownTrainers(F),
            new KnownGroups([(A1.Ref, "G1"), (A1.Ref, "G2")])));
        var heading = ImportHeading.Of(PlanningColumns)!;
        foreach (var (index, line) in lines.Index())
        {
            rows.Add(new ImportRow(heading, index + 2, line.Split(';')));
        }

        rows.WarnOfStrangers();
        return (rows, journal);
    }

    private static (LearnerRows Rows, ImportJournal Journal) ReadLearners(params string[] lines)
    {
        var journal = new ImportJournal();
        var rows = new LearnerRows(
            journal,
            new LearnerContext(
                new KnownReferences([A1.Ref]), new KnownReferences([]), new KnownGroups([]), new DateOnly(2026, 11, 23), _ => null));
        var heading = ImportHeading.Of(
            ["stagiaire_ref", "nom", "prenom", "action_ref", "groupe", "financeur", "entree", "sortie", "langue"])!;
        foreach (var (index, line) in lines.Index())
        {
            rows.Add(new ImportRow(heading, index + 2, line.Split(';')));
        }

        return (rows, journal);
    }
}
