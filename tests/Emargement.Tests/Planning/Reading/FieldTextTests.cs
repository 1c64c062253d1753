using Emargement.Domain.Planning.Import;
using Emargement.Domain.Sessions;
using Emargement.Functions.Platform.Http;

namespace Emargement.Tests.Planning.Reading;

/// <summary>How files of the field write what they say: headings, dates, encodings, spaces.</summary>
public sealed class FieldTextTests : FieldFiles
{
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
    public async Task What_a_spreadsheet_breaks_is_no_value_and_hours_may_carry_their_day()
    {
        await BaseAsync();

        var report = await ImportAsync(ImportDriver.Text(
            "p.csv",
            "Réf. séance;Code action;Date de la séance;Heure début;Heure fin;Groupes;Formateurs;Salles",
            "P1;A1;01/12/2026;09:00;12:30;G1;F1;#REF!",
            "1,23457E+11;A1;02/12/2026;09:00;12:00;G1;F1;Salle 1",
            "N3;A1;02/12/2026;02/12/2026 09:00;2026-12-02T12:00:00;G1;F1;Salle 1",
            "N4;A1;03/12/2026;9:00 AM;12:00 PM;G1;F1;Salle 1",
            "N5;A1;04/12/2026;03/12/2026 09:00;12:00;G1;F1;Salle 1"));

        report.Lines.Select(l => (l.Line, l.Code)).ShouldBe(
            [(2, "spreadsheet-error"), (3, "spreadsheet-error"), (6, "invalid-time")], ignoreOrder: true);
        (await PlannedAsync()).Where(s => s.Id.Reference.Value.StartsWith('N')).OrderBy(s => s.Start)
            .Select(s => (s.Id.Reference.Value, s.PlannedMinutes)).ShouldBe([("N3", 180), ("N4", 180)]);
        (await PlannedAsync()).ShouldContain(s => s.Id.Reference.Value == "P1", "a row that is in question cancels nothing");
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
    public async Task A_login_page_in_place_of_a_file_says_what_to_click()
    {
        await BaseAsync();

        var refused = await Driver.RunAsync([Field("31-google-login.csv")]);

        refused.Refusal!.Code.ShouldBe("import-web-page");
        new RefusalSentences().Of(refused.Refusal, "fr").Detail.ShouldContain("partagée");
    }

    [Fact]
    public async Task Names_of_other_scripts_come_through_as_written()
    {
        await AfterBaseAsync("54-scripts-in-names.csv");

        (await NameAsync("S11")).ShouldBe("王 小明");
        (await NameAsync("S6")).ShouldNotContain("?");
    }

    [Fact]
    public async Task A_totals_line_is_a_rejected_row_and_the_rest_is_read()
    {
        var report = await AfterBaseAsync("06-totals-line.csv");

        report.Planning.Unchanged.ShouldBe(1);
        report.Lines.ShouldAllBe(l => l.Severity == ImportSeverity.Error && l.Line > 2);
    }
}
