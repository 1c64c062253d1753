using Emargement.Domain.Platform;
using Emargement.Functions.People;
using static Emargement.Tests.Planning.SmallPlanning;

namespace Emargement.Tests.Planning;

/// <summary>What an import does to people who are already there.</summary>
public sealed class PeopleImportTests
{
    private readonly ImportDriver _driver = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_of_funder_and_of_name_reaches_every_roster()
    {
        await StartAsync(Row("X-1", "02/11/2026"));
        var change = ImportDriver.Text(
            "stagiaires.csv",
            "stagiaire_ref;nom;prenom;email;action_ref;groupe;financeur;entree;sortie",
            "S1;Nouveau;Nom;s1@exemple.fr;A1;G1;REGION;02/11/2026;15/11/2026",
            "S1;Nouveau;Nom;s1@exemple.fr;A1;G1;OPCO;16/11/2026;");

        var report = (await _driver.RunAsync([change])).Value!;

        report.Learners.ShouldSatisfyAllConditions(c => c.Read.ShouldBe(2), c => c.Updated.ShouldBe(1), c => c.FundedByRegion.ShouldBe(1));
        var a1 = await RosterAsync("A1", "G1", 16);
        (a1.LastName, a1.HasEmail, a1.Period.Funder).ShouldBe(("Nouveau", true, "OPCO"));
        (await RosterAsync("A1", "G1", 15)).Period.Funder.ShouldBe("REGION");
        (await RosterAsync("A2", "G2", 15)).LastName.ShouldBe("Nouveau", "also where the file does not name the learner");
    }

    [Fact]
    public async Task A_refused_period_leaves_the_stored_enrolment_as_it_was()
    {
        await StartAsync(Row("X-1", "02/11/2026"));

        var report = (await _driver.RunAsync([ImportDriver.Text(
            "stagiaires.csv",
            "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree;sortie",
            "S1;Un;Sam;A1;G1;OPCO;16/11/2026;",
            "S1;Un;Sam;A1;G1;REGION;02/11/2026;35/11/2026")])).Value!;

        report.Learners.Rejected.ShouldBe(1);
        (await RosterAsync("A1", "G1", 20)).Period.Funder.ShouldBe("REGION", "the list of periods has a hole, so it is not taken");
    }

    [Fact]
    public async Task A_training_s_methods_survive_an_import()
    {
        await StartAsync(Row("X-1", "02/11/2026"));
        var stored = (await _driver.Trainings.FindAsync(_driver.Organisation.Id, Reference.Parse("A1"), Cancellation))!;
        await _driver.Trainings.TryReplaceAsync(
            _driver.Organisation.Id, stored, stored.Value with { Methods = [Domain.Platform.SigningMethod.Qr] }, Cancellation);

        var report = (await _driver.RunAsync([AllPeople()[0]])).Value!;

        report.Actions.Unchanged.ShouldBe(2);
        (await _driver.Trainings.FindAsync(_driver.Organisation.Id, Reference.Parse("A1"), Cancellation))!.Value.Methods.ShouldBe(
            [Domain.Platform.SigningMethod.Qr]);
    }

    private async Task StartAsync(params string[] rows) =>
        (await _driver.RunAsync([.. AllPeople(), ImportDriver.Text("planning.csv", [Heading, .. rows])])).IsOk.ShouldBeTrue();

    private async Task<RosterLine> RosterAsync(string training, string group, int day) =>
        (await _driver.Enrolments.RosterAsync(
            _driver.Organisation.Id, Reference.Parse(training), group, new DateOnly(2026, 11, day), Cancellation)).Single();
}
