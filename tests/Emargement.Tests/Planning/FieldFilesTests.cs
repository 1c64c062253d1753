using Emargement.Domain.People;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http;

namespace Emargement.Tests.Planning;

/// <summary>Files as people really send them: each comes after a small base that was imported before.</summary>
public sealed class FieldFilesTests
{
    private const string Planning = "seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;salle;modalite";
    private const string Learners = "stagiaire_ref;nom;prenom;date_naissance;email;action_ref;groupe;financeur;entree;sortie";

    private readonly ImportDriver _driver = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("01-sep-line.csv", "line-skipped")]
    [InlineData("02-utf16.csv", "")]
    [InlineData("03-title-above.csv", "line-skipped")]
    [InlineData("04-blank-first-line.csv", "")]
    [InlineData("07-trailing-columns.csv", "")]
    [InlineData("08-date-serial.csv", "serial-dates")]
    [InlineData("30-planning.xlsx", "")]
    public async Task The_same_session_in_another_wrapping_is_unchanged(string file, string codes)
    {
        var report = await AfterBaseAsync(file);

        report.Planning.ShouldSatisfyAllConditions(c => c.Read.ShouldBe(1), c => c.Unchanged.ShouldBe(1), c => c.Rejected.ShouldBe(0));
        Codes(report).ShouldBe(codes);
    }

    [Fact]
    public async Task A_title_above_the_headings_is_named_and_lines_are_counted_from_the_first()
    {
        var report = await AfterBaseAsync("03-title-above.csv");
        report.Lines.Single().Text.ShouldContain("Planning du mois de décembre 2026");

        var bad = await ImportAsync(ImportDriver.Text("p.csv", "Planning", ";;;", Planning, "P1;A1;01/13/2026;09:00;12:30;G1;F1;x;;P"));

        bad.Lines.Single(l => l.Severity == ImportSeverity.Error).Line.ShouldBe(4);
    }

    [Theory]
    [InlineData("09-dates-forms.csv", 8)]
    [InlineData("57-dates-without-zeros.csv", 2)]
    [InlineData("11-nbsp-values.csv", 3)]
    public async Task Dates_times_and_references_are_read_as_they_are_meant(string file, int sessions)
    {
        var report = await AfterBaseAsync(file);

        report.Planning.ShouldSatisfyAllConditions(c => c.Read.ShouldBe(sessions), c => c.Rejected.ShouldBe(0));
        (await PlannedAsync()).ShouldAllBe(s => s.TrainingRef.Value == "A1" && s.Group == "G1");
    }

    [Fact]
    public async Task A_day_s_name_that_contradicts_its_date_rejects_the_row()
    {
        await BaseAsync();

        var report = await ImportAsync(ImportDriver.Text("p.csv", Planning, "P3;A1;lundi 1 décembre 2026;09:00;12:30;G1;F1;x;;P"));

        report.Lines.Single().Code.ShouldBe("invalid-date");
    }

    [Fact]
    public async Task A_modality_is_a_letter_or_a_word()
    {
        await AfterBaseAsync("12-modality-words.csv");

        (await PlannedAsync()).Select(s => s.Modality)
            .ShouldBe([Modality.Centre, Modality.Distance, Modality.Centre, Modality.Company, Modality.Distance]);
    }

    [Theory]
    [InlineData("20-mixed-encoding.csv")]
    [InlineData("21-mixed-bom.csv")]
    public async Task One_foreign_byte_leaves_every_other_value_as_written(string file)
    {
        var report = await AfterBaseAsync(file);

        var line = report.Lines.Single();
        (line.Line, line.Ref, line.Code).ShouldBe((3, "S2", "repaired-text"));
        line.Text.ShouldContain("Élodie");
        (await NameAsync("S1")).ShouldBe("Lefèbvre Zoé");
        (await NameAsync("S2")).ShouldBe("N'Guessan Élodie");
        (await PeriodAsync("S1")).Company.ShouldBe("Café");
        (await PeriodAsync("S2")).Company.ShouldBe("Hôtel");
    }

    [Fact]
    public async Task A_foreign_byte_in_a_name_is_read_and_shown()
    {
        var report = await AfterBaseAsync("21b-bom-bad-byte-in-name.csv");

        report.Lines.Single().ShouldSatisfyAllConditions(l => l.Code.ShouldBe("repaired-text"), l => l.Text.ShouldContain("Lefèbvre"));
        (await NameAsync("S1")).ShouldBe("Lefèbvre Zoé");
    }

    [Fact]
    public async Task Text_that_was_encoded_twice_is_never_stored_as_it_stands()
    {
        var report = await AfterBaseAsync("23-double-utf8.csv");

        report.Lines.Select(l => (l.Line, l.Code)).ShouldBe([(2, "repaired-text"), (3, "repaired-text")]);
        (await NameAsync("S1")).ShouldBe("Lefèbvre Zoé");
        (await NameAsync("S2")).ShouldBe("N'Guessan Élodie");
    }

    [Fact]
    public async Task Decomposed_accents_are_the_composed_ones()
    {
        await ImportAsync(
            ImportDriver.Text("a.csv", "action_ref;intitule;date_debut;date_fin", "PÂTISSERIE;Pâtisserie;01/01/2026;31/12/2026"),
            ImportDriver.Text("f.csv", "formateur_ref;nom;prenom", "F1;Un;Sam"),
            ImportDriver.Text("s.csv", Learners, "S1;Un;Sam;;;PÂTISSERIE;Été;REGION;01/01/2026;"));

        (await ImportAsync(Field("24-nfd.csv"))).Planning.Created.ShouldBe(1);

        (await PlannedAsync()).Single().ShouldSatisfyAllConditions(s => s.Group.ShouldBe("Été"), s => s.Module.ShouldBe("Crèmes"));
        var composed = ImportDriver.Text("p.csv", Planning, "P1;PÂTISSERIE;01/12/2026;09:00;12:30;Été;F1;Crèmes;;P");
        (await ImportAsync(composed)).Planning.Unchanged.ShouldBe(1);
    }

    [Fact]
    public async Task Inner_spaces_of_every_kind_are_one()
    {
        await BaseAsync();
        await ImportAsync(ImportDriver.Text("s.csv", Learners, "S9;Un;Sam;;;A1;Groupe 1;REGION;01/01/2026;"));

        (await ImportAsync(Field("26-inner-nbsp.csv"))).Planning.Rejected.ShouldBe(0);

        (await PlannedAsync()).ShouldAllBe(s => s.Group == "Groupe 1");
    }

    [Fact]
    public async Task References_that_differ_by_case_alone_are_matched_with_a_warning()
    {
        var report = await AfterBaseAsync("25-case.csv");

        report.Planning.Rejected.ShouldBe(0);
        report.Lines.Where(l => l.Code == "reference-by-case").Select(l => l.Line).ShouldBe([2, 3, 4]);
        (await PlannedAsync()).ShouldAllBe(s => s.TrainingRef.Value == "A1" && s.Group == "G1" && s.TrainerRef!.Value.Value == "F1");
    }

    [Fact]
    public void Two_references_that_differ_by_case_are_two_and_a_third_spelling_is_unknown()
    {
        var known = new KnownReferences([Reference.Parse("Gx"), Reference.Parse("gX")]);

        known.Find(Reference.Parse("Gx"))!.Value.Value.ShouldBe("Gx");
        known.Find(Reference.Parse("gx")).ShouldBeNull();
    }

    [Fact]
    public async Task People_keep_one_reference_whatever_its_case()
    {
        await BaseAsync();

        var report = await ImportAsync(
            ImportDriver.Text("s.csv", Learners, "s1;Lefèbvre;Zoé;10/01/1985;zoe@st.example;a1;g1;REGION;01/01/2026;"));

        report.Learners.ShouldSatisfyAllConditions(c => c.Created.ShouldBe(0), c => c.Unchanged.ShouldBe(1));
        report.Lines.Select(l => l.Code).ShouldBe(["reference-by-case", "reference-by-case", "reference-by-case"]);
    }

    [Fact]
    public async Task A_login_page_in_place_of_a_file_says_what_to_click()
    {
        await BaseAsync();

        var refused = await _driver.RunAsync([Field("31-google-login.csv")]);

        refused.Refusal!.Code.ShouldBe("import-web-page");
        new RefusalSentences().Of(refused.Refusal, "fr").Detail.ShouldContain("partagée");
    }

    [Theory]
    [InlineData("34-co-trainers.csv")]
    [InlineData("\"F1, F2\"")]
    [InlineData("F1/F2")]
    [InlineData("F1 et F2")]
    [InlineData("\"F1\nF2\"")]
    [InlineData("\"Rémi Delpech; Mme Agnès Vidal\"")]
    public async Task Co_trainers_are_one_session_that_both_may_open(string trainers)
    {
        await BaseAsync();
        var report = await ImportAsync(trainers.EndsWith(".csv", StringComparison.Ordinal)
            ? Field(trainers)
            : ImportDriver.Text("p.csv", Planning, $"P1;A1;01/12/2026;09:00;12:30;G1;{trainers};Sauces;Salle 1;P"));

        report.Planning.ShouldSatisfyAllConditions(c => c.Updated.ShouldBe(1), c => c.Rejected.ShouldBe(0));
        report.Lines.ShouldNotContain(l => l.Code == "unknown-trainer" || l.Code == "trainer-overlap");
        var session = (await PlannedAsync()).Single(s => s.Id.Reference.Value == "P1");
        (session.TrainerRef!.Value.Value, session.CoTrainerRefs.Single().Value).ShouldBe(("F1", "F2"));
        session.IsTaughtBy(Reference.Parse("F2")).ShouldBeTrue();
        var again = await ImportAsync(ImportDriver.Text("p.csv", Planning, $"P1;A1;01/12/2026;09:00;12:30;G1;\"F1;F2\";Sauces;Salle 1;P"));
        again.Planning.Unchanged.ShouldBe(1);
    }

    [Theory]
    [InlineData("G1, G2")]
    [InlineData("g2 / G1")]
    [InlineData("G1 et G2")]
    [InlineData("G1+G2")]
    [InlineData("\"G1\nG2\"")]
    [InlineData("rows")]
    public async Task Several_groups_are_one_session_with_everybody_once(string groups)
    {
        await BaseAsync();
        await ImportAsync(
            ImportDriver.Text("s.csv", Learners, "S3;Trois;Ana;;;A1;G2;REGION;01/01/2026;", "S1;Lefèbvre;Zoé;;;A1;G2;REGION;01/01/2026;"));
        string Row(string group) => $"P1;A1;01/12/2026;09:00;12:30;{group};F1;Sauces;Salle 1;P";

        var report = await ImportAsync(
            ImportDriver.Text("p.csv", groups == "rows" ? [Planning, Row("G1"), Row("G2")] : [Planning, Row(groups)]));

        report.Planning.Rejected.ShouldBe(0);
        var session = (await PlannedAsync()).Single(s => s.Id.Date.Day == 1);
        (session.Group, session.Groups.Count).ShouldBe(("G1, G2", 2));
        var roster = await _driver.Enrolments.RosterAsync(
            _driver.Organisation.Id, session.TrainingRef, session.Groups, session.Id.Date, Cancellation);
        roster.Select(l => l.Learner.Value).ShouldBe(["S1", "S2", "S3"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_unknown_group_among_several_is_named()
    {
        var report = await AfterBaseAsync("55-several-groups-in-a-cell.csv");

        report.Lines.Single().ShouldSatisfyAllConditions(l => l.Code.ShouldBe("unknown-group"), l => l.Text.ShouldContain("« G2 »"));
    }

    [Fact]
    public async Task Two_half_days_of_one_group_at_one_time_are_imported_and_named()
    {
        var report = await AfterBaseAsync("35-group-overlap.csv");

        var line = report.Lines.Single();
        (line.Line, line.Code).ShouldBe((3, "group-overlap"));
        line.Text.ShouldContain("P1");
    }

    [Fact]
    public async Task A_learner_in_two_groups_at_once_is_named_at_the_enrolment_and_at_the_session()
    {
        var report = await AfterBaseAsync("38-learner-two-groups.csv");
        report.Lines.Where(l => l.Code == "learner-overlap").ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            l => l.Ref.ShouldBe("S2"), l => l.Text.ShouldContain("G1"), l => l.Text.ShouldContain("G2"));

        var planning = await ImportAsync(ImportDriver.Text(
            "p.csv", Planning, "P1;A1;01/12/2026;09:00;12:30;G1;F1;Sauces;Salle 1;P",
            "P5;A1;01/12/2026;11:00;12:30;G2;F2;Pâtes;Salle 2;P"));

        planning.Lines.Single().ShouldSatisfyAllConditions(
            l => l.Code.ShouldBe("learner-overlap"), l => l.Text.ShouldContain("S2"), l => l.Text.ShouldContain("P1"));
    }

    [Fact]
    public async Task The_same_slot_under_a_new_reference_is_a_probable_double()
    {
        var report = await AfterBaseAsync("36-new-ref-same-slot.csv");

        report.Planning.Created.ShouldBe(1);
        report.Lines.Single().ShouldSatisfyAllConditions(l => l.Code.ShouldBe("probable-double"), l => l.Text.ShouldContain("P1"));
    }

    [Fact]
    public async Task Nights_are_slots_and_hours_that_a_clock_change_skips_are_none()
    {
        var report = await AfterBaseAsync("37-night.csv");

        report.Lines.Where(l => l.Severity == ImportSeverity.Error).Select(l => (l.Line, l.Code)).ShouldBe([(5, "no-such-hour")]);
        report.Lines.Where(l => l.Code == "doubled-hour").Select(l => l.Line).ShouldBe([3]);
        var sessions = (await PlannedAsync()).ToDictionary(s => s.Id.Reference.Value);
        sessions.Keys.ShouldBe(["P1", "P2", "P3", "P5", "P6-M", "P6-A"], ignoreOrder: true);
        sessions["P1"].ShouldSatisfyAllConditions(
            s => s.Id.Date.ShouldBe(new DateOnly(2026, 12, 1)), s => s.Id.HalfDay.ShouldBe(HalfDay.Evening),
            s => s.PlannedMinutes.ShouldBe(480));
        sessions["P2"].PlannedMinutes.ShouldBe(180, "from the first 02:00 to 04:00");
        sessions["P3"].PlannedMinutes.ShouldBe(90, "an hour of it does not exist");
        sessions["P5"].PlannedMinutes.ShouldBe(360, "until midnight");
        sessions.Values.ShouldAllBe(s => s.PlannedMinutes > 0);
    }

    [Fact]
    public async Task A_night_that_its_break_splits_belongs_to_the_day_on_which_it_starts()
    {
        await BaseAsync();

        await ImportAsync(ImportDriver.Text(
            "p.csv", Planning.Replace("fin;", "fin;pause_debut;pause_fin;", StringComparison.Ordinal),
            "N1;A1;03/12/2026;21:00;05:00;00:30;01:00;G1;F1;Nuit;;P"));

        var night = (await PlannedAsync()).Where(s => s.SlotRef.Value == "N1").OrderBy(s => s.Start).ToList();
        night.Select(s => (s.Id.Reference.Value, s.PlannedMinutes)).ShouldBe([("N1-M", 210), ("N1-A", 240)]);
        night.ShouldAllBe(s => s.Id.Date == new DateOnly(2026, 12, 3) && s.Id.HalfDay == HalfDay.Evening);
    }

    [Fact]
    public async Task Namesakes_are_imported_and_pointed_at_once()
    {
        var report = await AfterBaseAsync("39-homonyms.csv");

        report.Learners.Created.ShouldBe(2);
        report.Lines.Single().ShouldSatisfyAllConditions(
            l => l.Code.ShouldBe("same-person"), l => l.Ref.ShouldBe("S11"), l => l.Text.ShouldContain("S10"));
        (await ImportAsync(Field("39-homonyms.csv"))).Lines.ShouldBeEmpty("it was said when they came");
        var other = await ImportAsync(ImportDriver.Text("s.csv", Learners, "S12;martin;camille;04/04/1999;;A1;G1;REGION;01/01/2026;"));
        other.Lines.Single().Code.ShouldBe("same-name");
    }

    [Fact]
    public async Task Odd_addresses_are_reported_and_their_people_kept()
    {
        var report = await AfterBaseAsync("40-emails.csv");

        report.Learners.ShouldSatisfyAllConditions(c => c.Created.ShouldBe(10), c => c.Rejected.ShouldBe(0));
        report.Lines.Where(
            l => l.Code == "value-ignored").Select(l => l.Ref).ShouldNotContain("S28", "a mark that nobody sees is no fault");
    }

    [Fact]
    public async Task A_column_that_is_not_there_changes_nothing_and_an_empty_cell_clears()
    {
        var report = await AfterBaseAsync("50-learners-no-email-column.csv");

        report.Learners.ShouldSatisfyAllConditions(
            c => c.Unchanged.ShouldBe(2), c => c.Updated.ShouldBe(0), c => c.WithoutEmail.ShouldBe(0));
        var kept = (await LearnerAsync("S1"))!;
        (kept.Email?.Value, kept.BirthDate).ShouldBe(("zoe@st.example", new DateOnly(1985, 1, 10)));

        var cleared = await ImportAsync(ImportDriver.Text("s.csv", Learners, "S1;Lefèbvre;Zoé;;;A1;G1;REGION;01/01/2026;"));
        cleared.Learners.Updated.ShouldBe(1);
        (await LearnerAsync("S1"))!.ShouldSatisfyAllConditions(l => l.Email.ShouldBeNull(), l => l.BirthDate.ShouldBeNull());
    }

    [Fact]
    public async Task What_a_planning_an_enrolment_or_a_training_does_not_say_stays()
    {
        await BaseAsync();
        await ImportAsync(
            ImportDriver.Text("a.csv", "action_ref;intitule;date_debut;date_fin;site;bdc", "A1;Cuisine;01/01/2026;31/12/2026;Lyon;B1"),
            ImportDriver.Text(
                "s.csv", "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree;sortie;entreprise;tuteur_nom",
                "S1;Lefèbvre;Zoé;A1;G1;REGION;01/01/2026;30/11/2026;Café;Ana"));

        var report = await ImportAsync(
            ImportDriver.Text("a.csv", "action_ref;intitule;date_debut;date_fin", "A1;Cuisine;01/01/2026;31/12/2026"),
            ImportDriver.Text("f.csv", "formateur_ref;nom;prenom", "F1;Delpech;Rémi"),
            ImportDriver.Text(
                "s.csv", "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree", "S1;Lefèbvre;Zoé;A1;G1;REGION;01/01/2026"),
            ImportDriver.Text(
                "p.csv", "seance_ref;action_ref;date;debut;fin;groupe", "P1;A1;01/12/2026;09:00;12:30;G1",
                "P2;A1;02/12/2026;09:00;12:30;G1"));

        (report.Actions.Unchanged, report.Trainers.Unchanged, report.Learners.Unchanged, report.Planning.Unchanged).ShouldBe((1, 1, 1, 2));
        (await PeriodAsync("S1")).ShouldSatisfyAllConditions(
            p => p.Exit.ShouldBe(new DateOnly(2026, 11, 30)), p => p.TutorName.ShouldBe("Ana"));
        (await PlannedAsync()).ShouldAllBe(s => s.Room == "Salle 1" && s.Module == "Sauces" && s.TrainerRef!.Value.Value == "F1");
    }

    [Fact]
    public async Task An_enrolment_left_open_is_named_every_time()
    {
        var report = await AfterBaseAsync("51-learner-moved-group.csv");

        var line = report.Lines.Single();
        (line.Line, line.Ref, line.Code).ShouldBe((2, "S1", "enrolment-left-open"));
        line.Text.ShouldContain("G1");
        (await ImportAsync(Field("51-learner-moved-group.csv"))).Lines.Single().Code.ShouldBe("enrolment-left-open");
    }

    [Fact]
    public async Task Names_of_other_scripts_come_through_as_written()
    {
        await AfterBaseAsync("54-scripts-in-names.csv");

        (await NameAsync("S11")).ShouldBe("王 小明");
        (await NameAsync("S6")).ShouldNotContain("?");
    }

    [Theory]
    [InlineData("Delpech Rémi", "F1", "trainer-by-name")]
    [InlineData("M. Rémi DELPECH", "F1", "trainer-by-name")]
    [InlineData("VIDAL Agnes", "F2", "trainer-by-name")]
    [InlineData("Mme Vidal", "F2", "trainer-by-name")]
    [InlineData("delpech", "F1", "trainer-by-name")]
    [InlineData("Quelqu'un d'autre", "F1", "unknown-trainer")]
    [InlineData("F9", "F1", "unknown-trainer")]
    public async Task A_trainer_by_name_is_found_or_the_known_one_stays(string written, string kept, string code)
    {
        await BaseAsync();

        var report = await ImportAsync(ImportDriver.Text("p.csv", Planning, $"P1;A1;01/12/2026;09:00;12:30;G1;{written};Sauces;Salle 1;P"));

        report.Lines.Single().Code.ShouldBe(code);
        (await PlannedAsync()).Single(s => s.Id.Reference.Value == "P1").TrainerRef!.Value.Value.ShouldBe(kept);
    }

    [Fact]
    public async Task A_name_that_two_trainers_bear_leaves_the_known_one()
    {
        await BaseAsync();
        await ImportAsync(ImportDriver.Text("f.csv", "formateur_ref;nom;prenom", "F3;Vidal;Agnès"));

        var report = await ImportAsync(
            ImportDriver.Text("p.csv", Planning, "P1;A1;01/12/2026;09:00;12:30;G1;Vidal Agnès;Sauces;Salle 1;P"));

        report.Planning.Unchanged.ShouldBe(1);
        report.Lines.Single().ShouldSatisfyAllConditions(l => l.Code.ShouldBe("unknown-trainer"), l => l.Text.ShouldContain("garde F1"));
    }

    [Fact]
    public async Task A_totals_line_is_a_rejected_row_and_the_rest_is_read()
    {
        var report = await AfterBaseAsync("06-totals-line.csv");

        report.Planning.Unchanged.ShouldBe(1);
        report.Lines.ShouldAllBe(l => l.Severity == ImportSeverity.Error && l.Line > 2);
    }

    private static (string Name, byte[] Content) Field(string file) => ImportDriver.Sample("field", file);

    private static string Codes(ImportReport report) => string.Join(' ', report.Lines.Select(l => l.Code));

    private async Task BaseAsync() =>
        (await _driver.RunAsync([.. new[] { "actions.csv", "formateurs.csv", "stagiaires.csv", "planning.csv" }.Select(
            f => ImportDriver.Sample("field/base", f))]))
            .Value!.Lines.ShouldBeEmpty();

    private async Task<ImportReport> AfterBaseAsync(string file)
    {
        await BaseAsync();
        return await ImportAsync(Field(file));
    }

    private async Task<ImportReport> ImportAsync(params (string Name, byte[] Content)[] files)
    {
        var result = await _driver.RunAsync(files, force: true);
        result.Refusal.ShouldBeNull();
        return result.Value!;
    }

    private async Task<List<Session>> PlannedAsync() =>
        [.. (await _driver.StoredAsync(new DateOnly(2026, 1, 1))).Select(s => s.Value).Where(s => s.State == SessionState.Planned)];

    private async Task<Learner?> LearnerAsync(string reference) =>
        (await _driver.Learners.FindAsync(_driver.Organisation.Id, Reference.Parse(reference), Cancellation))?.Value;

    private async Task<string> NameAsync(string reference) =>
        await LearnerAsync(reference) is { } learner ? $"{learner.LastName} {learner.FirstName}" : "";

    private async Task<EnrolmentPeriod> PeriodAsync(string learner) =>
        (await _driver.Enrolments.OfLearnerAsync(
            _driver.Organisation.Id, Reference.Parse(learner), Cancellation)).Single().Periods.Single();
}
