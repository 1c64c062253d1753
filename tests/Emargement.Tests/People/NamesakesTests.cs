using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Functions.People;
using Emargement.Functions.Sessions;
using Emargement.Functions.Sheets;
using Emargement.Functions.Sheets.Records;
using Emargement.Functions.Signing;
using Emargement.Functions.Signing.Tablet;
using Emargement.Tests.Planning;
using Emargement.Tests.Sessions;
using Emargement.Tests.Signing;

namespace Emargement.Tests.People;

/// <summary>Two people of one name are told apart wherever they stand on one list.</summary>
public sealed class NamesakesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Nobody_else_of_that_name_needs_nothing() =>
        Of(("L1", "Dupont", "Marie", "1990-05-03"), ("L2", "Dupont", "Anne", "1990-05-03")).ShouldBeEmpty();

    [Fact]
    public void The_date_of_birth_tells_them_apart_also_when_they_are_written_otherwise() =>
        Of(("L1", "Dupont", "Zoé", "1990-05-03"), ("L2", "DUPONT", "Zoe", "2001-12-31"))
            .ShouldBe(new Dictionary<string, string> { ["L1"] = "03/05/1990", ["L2"] = "31/12/2001" }, ignoreOrder: true);

    [Fact]
    public void Where_it_does_not_the_reference_does() =>
        Of(("L1", "Dupont", "Zoé", "1990-05-03"), ("L2", "Dupont", "Zoé", "1990-05-03"), ("L3", "Dupont", "Zoé", null))
            .ShouldBe(new Dictionary<string, string> { ["L1"] = "L1", ["L2"] = "L2", ["L3"] = "L3" }, ignoreOrder: true);

    [Fact]
    public void One_date_is_enough_for_whoever_has_it() =>
        Of(("L1", "Dupont", "Zoé", "1990-05-03"), ("L2", "Dupont", "Zoé", null))
            .ShouldBe(new Dictionary<string, string> { ["L1"] = "03/05/1990", ["L2"] = "L2" }, ignoreOrder: true);

    [Fact]
    public async Task The_live_list_the_tablet_the_ticket_and_the_sheet_tell_them_apart()
    {
        await using var world = await HalfDayWorld.StartAsync(learners: 1);
        await EnrolAsync(world, "L8", new DateOnly(1990, 5, 3));
        await EnrolAsync(world, "L9", new DateOnly(2001, 12, 31));
        await world.OpenAsync();

        var live = await world.LiveAsync();
        var tablet = (await world.Get<ListTabletLearners>().RunAsync(world.Org, world.Id, world.Tablet(), Cancellation)).ShouldBeOk();
        var presence = (await world.ShowAsync(
            world.Tablet(), new ProofRequest(ProofKind.Tablet, Learner: Reference.Parse("L9")))).ShouldBeOk();
        await world.CloseAsync();
        var sheet = (await world.Get<SealSheet>().RunAsync(world.Org, world.Id, Cancellation)).ShouldBeOk();
        var evidence = await world.Get<SheetBlobs>().ReadEvidenceAsync(world.Org, sheet, Cancellation);

        live.Learners.Select(l => l.Apart).ShouldBe(["03/05/1990", "31/12/2001", null]);
        tablet.Learners.Select(l => l.Apart).ShouldBe(["03/05/1990", "31/12/2001", null]);
        presence.Learner.Apart.ShouldBe("31/12/2001");
        var people = System.Text.Encoding.UTF8.GetString(evidence!);
        people.ShouldContain("\"learner:L8\": \"DUPONT Marie (03/05/1990)\"");
        people.ShouldContain("\"learner:L0\": \"NOM000 Ada\"");
    }

    [Fact]
    public async Task An_import_brings_the_date_of_birth_to_the_lists()
    {
        var driver = new ImportDriver();
        (await driver.RunAsync(
        [
            ImportDriver.Text("actions.csv", "action_ref;intitule;date_debut;date_fin", "A1;Cuisine;01/09/2026;30/06/2027"),
            ImportDriver.Text(
                "stagiaires.csv",
                "stagiaire_ref;nom;prenom;date_naissance;action_ref;groupe;financeur;entree",
                "L1;Dupont;Marie;03/05/1990;A1;G1;REGION;01/09/2026",
                "L2;Dupont;Marie;31/12/2001;A1;G1;REGION;01/09/2026"),
        ])).ShouldBeOk();

        var roster = await driver.Enrolments.RosterAsync(
            driver.Organisation.Id, Reference.Parse("A1"), "G1", new DateOnly(2026, 11, 23), Cancellation);

        roster.Select(l => l.Apart).ShouldBe(["03/05/1990", "31/12/2001"]);
    }

    private static Dictionary<string, string> Of(params (string Ref, string Last, string First, string? Birth)[] list) => Namesakes
        .Of(list.Select(p => new ListedPerson(Reference.Parse(p.Ref), p.Last, p.First, p.Birth is { } b ? DateOnly.Parse(b) : null)))
        .ToDictionary(a => a.Key.Value, a => a.Value);

    private static async Task EnrolAsync(HalfDayWorld world, string reference, DateOnly birth)
    {
        var enrolment = HalfDayWorld.Enrolled(0).Enrolment with { LearnerRef = Reference.Parse(reference) };
        (await world.Get<EnrolmentsTable>().TryWriteAsync(
            world.Org, [new EnrolledLearner(enrolment, "Dupont", "Marie", HasEmail: false, birth)], [], Cancellation)).ShouldBeTrue();
    }
}
