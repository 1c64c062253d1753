namespace Emargement.Tests.Planning;

/// <summary>Two trainings, one trainer and one learner of both, and half-days as a test needs them.</summary>
internal static class SmallPlanning
{
    public const string Heading = "seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;site;salle;modalite";

    public static string Row(
        string reference, string date, string start = "09:00", string end = "12:00", string action = "A1", string group = "G1",
        string room = "Salle 1") =>
        $"{reference};{action};{date};{start};{end};{group};F1;Communication;Toulouse;{room};P";

    public static (string, byte[])[] AllPeople() =>
    [
        ImportDriver.Text(
            "actions.csv",
            "action_ref;intitule;date_debut;date_fin",
            "A1;Accueil;01/10/2026;18/12/2026",
            "A2;Bâtiment;01/10/2026;18/12/2026"),
        ImportDriver.Text("formateurs.csv", "formateur_ref;nom;prenom;email", "F1;Le Goff;Chloé;chloe@exemple.fr"),
        ImportDriver.Text(
            "stagiaires.csv", "stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree", "S1;Un;Sam;A1;G1;REGION;02/11/2026",
            "S1;Un;Sam;A2;G2;REGION;02/11/2026"),
    ];
}
