using Emargement.Domain.Platform;
using Emargement.Domain.Privacy;
using Emargement.Web.Platform;
using Emargement.Web.Privacy;

namespace Emargement.Tests.Web.Office;

/// <summary>What a manager sees of terms, holds and erasures.</summary>
internal static class PrivacyPages
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly Reference Ref = Reference.Parse("TSSR-2019");

    public static RetentionModel Retention { get; } = new(
        "garonne",
        [
            Kept("Titre professionnel Technicien supérieur systèmes et réseaux, parcours cybersécurité", 8, new Forgetting(
                Ref, Today.AddDays(-60), ForgettingStep.Names, null, 412, 9, 824)),
            Kept("Secrétaire comptable", 7, new Forgetting(Ref, Today.AddDays(-30), ForgettingStep.Names, null, 96, 12, 110, 82)),
            Kept("Employé administratif et d’accueil", 7, new Forgetting(Ref, Today, ForgettingStep.Announced, null, 240, 14)),
            Kept("Agent de propreté et d’hygiène", 7, null) with { OnHold = true },
            Kept("Anglais professionnel", 0, null) with { Funders = ["FSE+"], Rule = RetentionRule.CoFinanced, Learners = 1, Over = false },
        ],
        [
            new(
                "training:APH-2019", HoldScope.Training, "APH-2019", "Contrôle de l’État, courrier du 3 novembre 2026", "Inès Roche", Start,
                Today.AddYears(1), null, true, false),
            new(
                "learner:GAR-2026-0042", HoldScope.Learner, "GAR-2026-0042", "Litige sur les absences de mars", "Inès Roche", Start, null,
                "Paul Simon", true, false),
            new("organisation", HoldScope.Organisation, null, "Inspection", "manager:M9", Start, Today.AddDays(-9), null, true, true),
        ])
    {
        Done = "asked",
    };

    public static ErasureModel Erasure { get; } = new(
        "garonne",
        "learner:GAR-2026-0042",
        "Mohamed Amine El Mansouri-Benchekroun",
        null,
        OnHold: false,
        Own: false,
        [
            new("Anglais professionnel", RetentionRule.Usual, Today.AddYears(4)),
            new("Titre professionnel Technicien supérieur systèmes et réseaux", RetentionRule.CoFinanced, Today.AddYears(10)),
        ]);

    public static RetentionModel Refused(Texts texts) => Retention with
    {
        Trainings = [],
        Done = null,
        Refusal = texts.Refusal("hold-reason-missing"),
        Typed = new Dictionary<string, string> { ["act"] = HoldActs.Place, ["scope"] = "learner", ["target"] = "GAR-2026-0042" },
    };

    private static KeptModel Kept(string training, int years, Forgetting? forgetting) => new(
        training, "TSSR-2019", Today.AddYears(-years), ["OPCO", "REGION"], 14, RetentionRule.Usual, Today.AddYears(6 - years), years > 6,
        false, forgetting);
}
