using Emargement.Domain.Planning.Hand;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Platform;
using Emargement.Web.Sessions;
using Emargement.Web.Sessions.Hand;

namespace Emargement.Tests.Web.Hand;

/// <summary>The pages of a planning that people change by hand, with the names and lengths of real life.</summary>
internal static class HandPages
{
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly SessionId Morning = SessionId.Parse("20261123-1-GAR-261123-G1-1-M");
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2026, 11, 23, 11, 30, 0, TimeSpan.Zero);

    private const string Training = "Titre professionnel Technicien supérieur systèmes et réseaux, parcours cybersécurité";

    private static readonly ChoiceModel[] Trainers = [new("F1", "Claire Ruiz"), new("F2", "Jean-Baptiste de La Rochefoucauld")];

    private static readonly WarningModel[] Warnings =
    [
        .. EditWarning.Codes.Select(code => new WarningModel(
            code, "Jean-Baptiste de La Rochefoucauld",
            code.EndsWith("overlap", StringComparison.Ordinal) ? new OtherSessionModel(Training, "TRE-2026-11", Start, End) : null)),
    ];

    private static readonly PlanningFields Fields = new(
        "2026-11-23", "09:00", "12:30", "F1", "Site de Blagnac", "Salle B 12", "Durcissement d’un serveur", "centre");

    public static EditSessionModel Edit { get; } = new()
    {
        Organisation = Garonne,
        Id = Morning,
        Training = Training,
        Group = "G1",
        State = SessionState.Planned,
        Fields = Fields,
        Version = "W/\"1\"",
        Trainers = Trainers,
        Warnings = Warnings,
        Neighbours = [new("20261123-1-S2", "10:45 – 12:30")],
        EditedByHand = true,
    };

    public static NewSessionModel New { get; } = new(
        Garonne, new ChoiceModel("TSSR", Training), [], ["G1", "G2"], "G1", Fields, Trainers, [], null);

    public static NewSessionModel Choose { get; } = New with { Training = null, Trainings = [new("TSSR", Training)] };

    public static SessionPeopleModel People { get; } = new(
        Garonne, Morning, Training, "G1", true, true, [new("L9", "EL MANSOURI-BENCHEKROUN Mohamed Amine (G2, GAR-2026-0042)")],
        [new("L1", "LEFÈBVRE Zoë")], new ReturnedForm("add", "Dites qui finance cette personne.", new Dictionary<string, string>()));

    public static WeekModel Week { get; } = new(
        Garonne,
        new DateOnly(2026, 11, 23),
        new DateOnly(2026, 11, 24),
        [
            new(Morning, Training, "G1", "Site de Blagnac, Salle B 12", Start, End, SessionState.Closed, false),
            new(Morning, "Anglais professionnel", "TRE-2026-11", null, Start, End, SessionState.Cancelled, true),
        ]);

    public static UnclosedModel Unclosed { get; } = new(Garonne, [new(Morning, Training, "G1", Start, End, 11, 14)]);

    /// <summary>What stands on a session's page of its changes.</summary>
    public static IReadOnlyList<ActModel> Acts { get; } =
    [
        new(Start.AddDays(-1), "Inès Roche", [new(EditedField.Room, "Salle B 12", "Salle B 14")], "Salle occupée"),
        new(Start, "Claire Ruiz", [new(EditedField.Trainer, "Jean-Baptiste de La Rochefoucauld", "Claire Ruiz")], null),
    ];
}
