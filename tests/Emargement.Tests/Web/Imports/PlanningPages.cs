using Emargement.Domain.Planning.Import;
using Emargement.Domain.Planning.Sources;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;
using Emargement.Web.Planning;
using Emargement.Web.Platform;

namespace Emargement.Tests.Web.Imports;

/// <summary>Imports and sources as a manager meets them.</summary>
internal static class PlanningPages
{
    private static readonly OrganisationId Garonne = OrganisationId.Parse("garonne");
    private static readonly DateTimeOffset Night = new(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);

    public static ImportReport Report { get; } = new()
    {
        Run = "night-2026-11-22",
        At = Night.AddMinutes(1),
        Planning = new ImportCounts { Read = 412, Created = 3, Updated = 2, Unchanged = 398, Cancelled = 1, Rejected = 5 },
        Learners = new LearnerCounts { Read = 168, Created = 2, Unchanged = 166 },
        Lines =
        [
            .. Enumerable.Range(12, 5).Select(n => new ImportLine(
                "planning.csv", n, $"GAR-261123-G{n}", ImportCode.InvalidTime, ImportSeverity.Error,
                $"L’heure « 25h » de la ligne {n} n’existe pas : corrigez-la dans votre logiciel.")),
            new ImportLine(
                "planning.csv", 0, "GAR-261124-G1", ImportCode.EditedByHand, ImportSeverity.Error,
                "Une personne a modifié la séance GAR-261124-G1 : sa version est gardée."),
            new ImportLine(
                "stagiaires.csv", 7, "S-0042", ImportCode.SharedEmail, ImportSeverity.Warning,
                "Cette adresse est aussi celle d’un autre stagiaire : la connexion se fait par la référence."),
        ],
        LinesLeftOut = 2,
    };

    /// <summary>A room that a person changed, and that the file still has as before.</summary>
    public static ConflictModel Conflict { get; } = new(
        SessionId.Parse("20261124-1-GAR-261124-G1"), "Titre professionnel Technicien supérieur systèmes et réseaux, G1",
        "night-2026-11-22", "W/\"1\"", "hash", ConflictState.Waiting,
        [
            new("date", "mardi 24 novembre", "mardi 24 novembre"), new("hours", "9 h – 12 h 30", "9 h – 12 h, 13 h – 17 h"),
            new("room", "Salle B 14", "Salle B 12"), new("trainer", "Jean-Baptiste de La Rochefoucauld", "Claire Ruiz"),
        ]);

    public static IReadOnlyList<ConflictModel> Conflicts { get; } =
    [
        Conflict, Conflict with { Session = SessionId.Parse("20261125-1-GAR-261125-G1"), State = ConflictState.Kept },
        Conflict with { Session = SessionId.Parse("20261126-1-GAR-261126-G1"), State = ConflictState.Following, Absent = true },
    ];

    public static ImportsModel Imports { get; } = new()
    {
        Organisation = Garonne,
        Next = Night.AddDays(1),
        Waiting = ["planning.csv", "stagiaires.csv"],
        Tonight = Report,
        Conflicts = [Conflict with { Run = null }],
        Sources =
        [
            new("1a2b3c4d", "\"1\"", "Planning du site de Blagnac", SourceKind.Sheet, "docs.google.com", false, Night.AddDays(1),
                "/o/garonne/imports/source-1a2b3c4d-2026-11-22", Night, null, Report.Planning, 0),
            new("2a2b3c4d", "\"1\"", "Hyperplanning, export de l’établissement", SourceKind.Calendar,
                "hyperplanning.lyceeprofessionnel.example", false, Night.AddDays(1), "/o/garonne/imports/source-2a2b3c4d-2026-11-22", Night,
                Texts.Default.Refusal("source-moved"), new ImportCounts(), 3),
            new("3a2b3c4d", "\"1\"", "Ancien fichier", SourceKind.File, "of.example", true, null, null, null, null, new ImportCounts(), 0),
            new("4a2b3c4d", "\"1\"", "YPAREO", SourceKind.Ypareo, "ypareo.of.example", false, Night.AddDays(1),
                "/o/garonne/imports/source-4a2b3c4d-2026-11-22", Night, null, Report.Planning, 0),
            new("5a2b3c4d", "\"1\"", "gestibase", SourceKind.Push, "", false, null,
                "/o/garonne/imports/push-5a2b3c4d-2026-11-22", Night.AddHours(-1), null, Report.Planning, 0),
            new("6a2b3c4d", "\"1\"", "axess", SourceKind.Push, "", false, null, null, Night.AddDays(-9),
                Texts.Default.Refusal("source-silent"), new ImportCounts(), 0),
        ],
        Runs =
        [
            new("/o/garonne/imports/night-2026-11-22", Night, "La nuit", "done", ["planning.csv", "stagiaires.csv"]),
            new("/o/garonne/imports/upload-1", Night.AddHours(-5), "Par M1", "refused", ["Planning_2026-2027_version définitive.xlsx"]),
            new("/o/garonne/imports/upload-2", Night.AddHours(-6), "Par un autre logiciel", "running", ["planning.csv"]),
        ],
        More = "/o/garonne/imports?continuation=upload-2",
        Done = "created",
    };

    public static ImportsModel Empty { get; } = new() { Organisation = Garonne, Next = Night.AddDays(1) };

    public static ImportsModel Tried { get; } = Empty with
    {
        Trial = Report with { Run = null, DryRun = true },
        Returned = new ReturnedForm("source", "", new Dictionary<string, string>
        {
            ["kind"] = "sheet",
            ["name"] = "Planning du site de Blagnac",
            ["address"] = "https://docs.google.com/spreadsheets/d/1aB_cD-2eF3gH4iJ5kL6mN7oP8qR9sT0uV/edit?usp=sharing",
        }),
    };
}
