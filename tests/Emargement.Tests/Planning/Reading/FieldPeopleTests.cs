using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;

namespace Emargement.Tests.Planning.Reading;

/// <summary>People of files of the field: references, namesakes, addresses, and what a file does not say.</summary>
public sealed class FieldPeopleTests : FieldFiles
{
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
}
