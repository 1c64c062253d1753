using Emargement.Domain.Platform;
using Emargement.Web.Platform;
using Emargement.Web.Statements;

namespace Emargement.Tests.Web.Pages;

/// <summary>Certificates and statements in the states that managers meet.</summary>
internal static class StatementPages
{
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly DateOnly First = new(2026, 9, 1);
    private static readonly DateOnly Last = new(2026, 11, 27);
    private static readonly DateTimeOffset At = new(2026, 11, 27, 13, 5, 0, TimeSpan.Zero);

    private static readonly StatementAsked Asked = new("A1", "certificate", "2026-09-01", "2026-11-27");

    private static readonly StatementChoice[] Trainings =
    [
        new("A1", "Titre professionnel Technicien supérieur systèmes et réseaux"), new("A2", "Anglais professionnel"),
    ];

    public static LearnerStatementsModel Learner { get; } = new()
    {
        Organisation = Garonne,
        Learner = Reference.Parse("S1"),
        Name = "Mohamed Amine El Mansouri-Benchekroun",
        Trainings = Trainings,
        Asked = Asked,
        Issued = "7K4M-Q2TX-9RWB",
        Statements =
        [
            new("7K4M-Q2TX-9RWB", "certificate", Trainings[0].Label, First, Last, 2, At, false),
            new("5GRQ-D7FE-43PZ", "certificate", Trainings[0].Label, First, Last, 1, At.AddDays(-9), true),
            new("9QN3-AT3J-S8T3", "individual-sheet", Trainings[1].Label, First, Last, 1, At.AddDays(-20), false),
        ],
    };

    public static LearnerStatementsModel Nothing { get; } = Learner with { Trainings = [], Statements = [], Issued = null };

    public static StatementsModel Issued { get; } = new()
    {
        Organisation = Garonne,
        Managers = [new("G1", "Inès Roux"), new("G2", "Paul Petit")],
        Signatory = new SignatoryModel("G1", "Inès Roux", "directrice", "Toulouse", Marked: true, Yours: true),
        Trainings = Trainings,
        Asked = Asked,
        Issuing = new IssuingModel(
            "completed", 28, [new("S9", "EL MANSOURI Amine", "Une demi-journée n’est pas fermée ou pas scellée.")], "/zip"),
    };

    public static StatementsModel Unsigned(Texts texts) => Issued with
    {
        Signatory = Issued.Signatory! with { Marked = false },
        Issuing = new IssuingModel("running", 0, [], null),
        Returned = new ReturnedForm("issue", texts["refusal.signatory-mark-missing"], new Dictionary<string, string>()),
    };

    public static StatementsModel Unnamed { get; } = Issued with { Signatory = null, Issuing = null };
}
