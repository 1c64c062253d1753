using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Tests.Planning.Reading;

/// <summary>Half-days of files of the field: several trainers, groups that meet, nights.</summary>
public sealed class FieldPlanningTests : FieldFiles
{
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
        var roster = await Driver.Enrolments.RosterAsync(
            Driver.Organisation.Id, session.TrainingRef, session.Groups, session.Id.Date, Cancellation);
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
}
