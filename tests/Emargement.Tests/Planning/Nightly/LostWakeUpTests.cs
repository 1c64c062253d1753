using Emargement.Functions.People;

namespace Emargement.Tests.Planning.Nightly;

/// <summary>An import that is cut short after its writing, before it wakes what followed.</summary>
public sealed class LostWakeUpTests
{
    private readonly ImportDriver _driver = new();

    [Fact]
    public async Task A_placement_that_no_workflow_looked_at_yet_is_named_again_by_the_next_import()
    {
        await new OrganisationsTable(_driver.Storage).TryInsertAsync(_driver.Organisation, TestContext.Current.CancellationToken);

        var placement = (await ToWakeAsync()).ShouldHaveSingleItem();
        (await ToWakeAsync()).ShouldBe([placement], "nobody woke it");

        await _driver.LookAsync(placement);
        (await ToWakeAsync()).ShouldBeEmpty();
    }

    private async Task<IReadOnlyList<string>> ToWakeAsync() => (await _driver.ImportAsync(
    [
        ImportDriver.Text("actions.csv", "action_ref;intitule;date_debut;date_fin", "A1;Cuisine;01/09/2026;30/06/2027"),
        ImportDriver.Text(
            "stagiaires.csv", "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree;entreprise;tuteur_nom;tuteur_email",
            "S1;Lefèbvre;Zoë;A1;G1;REGION;01/09/2026;Chez Ruiz;Mme Ruiz;ruiz@chez-ruiz.example"),
        ImportDriver.Text(
            "planning.csv", "seance_ref;action_ref;date;debut;fin;groupe;modalite", "E-1;A1;02/11/2026;09:00;17:00;G1;E"),
    ])).Value!.ToWake;
}
