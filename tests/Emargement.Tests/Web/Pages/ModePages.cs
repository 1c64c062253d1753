using Emargement.Domain.Platform;
using Emargement.Domain.Sessions.Modes;
using Emargement.Web.Platform;
using Emargement.Web.Sessions.Modes;

namespace Emargement.Tests.Web.Pages;

/// <summary>Trainings on paper and electronically, with the names and lengths of real life.</summary>
internal static class ModePages
{
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly Reference Long = Reference.Parse("GAR-TSSR-2026");
    private static readonly YearMonth November = new(2026, 11);
    private static readonly IReadOnlyList<YearMonth> Months = [.. Enumerable.Range(0, 13).Select(November.Plus)];

    private const string Title = "Titre professionnel Technicien supérieur systèmes et réseaux, parcours cybersécurité";

    public static TrainingsModel Trainings { get; } = new()
    {
        Organisation = Garonne,
        Everybody = new(null, null, "manager:G1", default),
        Months = Months,
        Done = true,
        Trainings =
        [
            new(Long, Title, new(2026, 9, 1), new(2027, 6, 30), SigningMode.Electronic, new(Long, November, "manager:G1", default), 1),
            new(Reference.Parse("ANG"), "Anglais professionnel", new(2026, 9, 1), new(2026, 12, 18), SigningMode.Paper, null, 0),
        ],
    };

    public static TrainingModel Training { get; } = new()
    {
        Organisation = Garonne,
        Training = Long,
        Title = Title,
        FirstDay = new(2026, 9, 1),
        LastDay = new(2027, 6, 30),
        Site = "Site de Blagnac",
        Usual = SigningMethods.All,
        Months = Months,
        Groups =
        [
            new("G1", "G1", SigningMode.Paper,
            [
                new(Long, "G1", November, SigningMode.Paper, "Pas de réseau dans l’atelier", "manager:G1", default),
                new(Long, "G1", November.Plus(2), SigningMode.Electronic, null, "manager:G1", default),
            ]),
            new("TRE-2026-11", "TRE-2026-11", SigningMode.Electronic, []),
        ],
        Returned = new("G1", "Ce mois a commencé pour ce groupe.", new Dictionary<string, string> { ["reason"] = "Salle sans réseau" }),
    };

    public static TrainingsModel Refused(Texts texts) => Trainings with
    {
        Done = false,
        Returned = new(TrainingsModel.Pilot, texts.Refusal("pilot-empty"), new Dictionary<string, string>()),
    };
}
