using System.Globalization;
using Emargement.Domain.Placements;
using Emargement.Domain.Placements.Export;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>
/// Columns and values of the files that a Région receives: dates yyyy-MM-dd, local times HH:mm, instants in UTC with Z, minutes as
/// integers, French words. Columns are those of the newest schema; a Région that asks for the first receives fewer of them.
/// </summary>
public static class RegionFiles
{
    public const string SummaryName = "synthese.csv";
    public const string HalfDaysName = "demi_journees.csv";
    public const string WeeksName = "semaines_entreprise.csv";
    public const string AnomaliesName = "anomalies.csv";
    public const string ManifestName = "manifest.json";
    public const string SealName = "manifest.json.p7s";

    /// <summary>Every file of a version, those named by the manifest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [SummaryName, HalfDaysName, WeeksName, AnomaliesName, ManifestName, SealName];

    public static IReadOnlyList<string> SummaryColumns { get; } = Columns(
        "region;mois;of_nda;of_siret;of_nom;action_ref;action_numero_region;bdc;stagiaire_ref;stagiaire_numero_region;nom;prenom;"
            + "date_naissance;entree;sortie;"
        + "demi_journees_prevues;demi_journees_emargees;minutes_prevues_centre;minutes_prevues_distance;minutes_prevues_entreprise;"
        + "minutes_realisees_centre;"
        + "minutes_realisees_distance;minutes_realisees_entreprise;minutes_absence_justifiee;minutes_absence_injustifiee;minutes_retard;"
        + "minutes_depart_anticipe;mode;complet;minutes_assimilees");

    public static IReadOnlyList<string> HalfDayColumns { get; } = Columns(
        "date;demi_journee;seance_ref;action_ref;stagiaire_ref;debut;fin;module;modalite;formateur;statut;motif;minutes_prevues;"
            + "minutes_realisees;methode;signe_le;"
        + "formateur_signe_le;feuille;feuille_sha256;justificatif");

    public static IReadOnlyList<string> WeekColumns { get; } = Columns(
        "action_ref;stagiaire_ref;semaine;entreprise;tuteur;minutes_declarees;minutes_validees;statut;valide_le;document;"
            + "document_sha256");

    public static IReadOnlyList<string> AnomalyColumns { get; } = Columns(
        "date;seance_ref;stagiaire_ref;code;texte;accepte_motif;accepte_par;accepte_le");

    private static readonly Dictionary<string, Range> FirstSchema = new(StringComparer.Ordinal)
    {
        [SummaryName] = ..^1,
        [HalfDaysName] = ..^1,
        [WeeksName] = 2..,
        [AnomaliesName] = ..^3,
    };

    /// <summary>Which columns of a file a schema has: those of the first are a part of the second's.</summary>
    public static Range ColumnsOf(string file, int schema) => schema == ExportManifest.FirstSchema ? FirstSchema[file] : Range.All;

    public static string?[] Values(SummaryRow row, RegionScope scope)
    {
        var organisation = scope.Organisation;
        var training = scope.Training(row.Training);
        var learner = row.Learner.Learner;
        return
        [
            organisation.Region, scope.Month.ToString(), organisation.Nda, organisation.Siret, organisation.Name,
            row.Training.Value, training?.RegionNumber, row.Learner.Period.OrderNumber ?? training?.OrderNumber,
            row.Learner.Ref.Value, row.Learner.Period.RegionNumber, learner?.LastName, learner?.FirstName,
            Date(learner?.BirthDate), Date(row.Entry), Date(row.Exit),
            Number(row.HalfDaysPlanned), Number(row.HalfDaysSigned),
            Number(row.Planned.Centre), Number(row.Planned.Distance), Number(row.Planned.Company),
            Number(row.Done.Centre), Number(row.Done.Distance), Number(row.Done.Company),
            Number(row.Justified), Number(row.Unjustified), Number(row.Late), Number(row.LeftEarly),
            row.Mode, YesNo(row.Complete), Number(row.Assimilated),
        ];
    }

    public static string?[] Values(HalfDayRow row) =>
    [
        Date(row.Session.Date), row.Session.HalfDay.Letter().ToString(), row.Session.Reference.Value, row.Training.Value, row.Learner.Value,
        Time(row.Start), Time(row.End), row.Module, ((char)row.Modality).ToString(), row.Trainer,
        Status(row.Attendance.Status), row.Reason, Number(row.PlannedMinutes), Number(row.Attendance.Done), Method(row.Attendance.Method),
        Instant(row.Attendance.SignedAt), Instant(row.TrainerSignedAt), row.Sheet?.Name, row.Sheet?.Sha256,
        YesNo(row.Attendance.HasDocument),
    ];

    public static string?[] Values(PlacementWeekRow row) =>
    [
        row.Training.Value, row.Learner.Value, row.Week, row.Company, row.Tutor, Number(row.DeclaredMinutes),
        Number(row.ValidatedMinutes), row.Status, Instant(row.ValidatedAt), row.Document, row.DocumentSha256,
    ];

    public static string?[] Values(AnomalyRow row) =>
    [
        Date(row.Session.Date), row.Session.Reference.Value, row.Learner?.Value, row.Anomaly.Code, row.Anomaly.Text,
        row.Accepted?.Reason, row.Accepted?.By, Instant(row.Accepted?.At),
    ];

    public static string Status(AttendanceStatus status) => status switch
    {
        AttendanceStatus.Present => "present",
        AttendanceStatus.Late => "retard",
        AttendanceStatus.LeftEarly => "depart_anticipe",
        AttendanceStatus.AbsentJustified => "absent_justifie",
        AttendanceStatus.AbsentUnjustified => "absent_injustifie",
        _ => "non_emarge",
    };

    public static string? Method(SigningMethod? method) => method switch
    {
        SigningMethod.Token => "jeton",
        SigningMethod.Code => "code",
        SigningMethod.Qr => "qr",
        SigningMethod.Email => "email",
        SigningMethod.Tablet => "tablette",
        SigningMethod.Remote => "distance",
        SigningMethod.Paper => "papier",
        _ => null,
    };

    /// <param name="signed">Half-days that are signed.</param>
    /// <param name="onPaper">Of these, on paper.</param>
    public static string Mode(int signed, int onPaper) => onPaper == 0 ? "electronique" : onPaper == signed ? "papier" : "mixte";

    // Whole seconds: a Région's spreadsheet reads them everywhere, and the evidence keeps the exact instant.
    private static string? Instant(DateTimeOffset? instant) =>
        instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string? Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string YesNo(bool yes) => yes ? "oui" : "non";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string[] Columns(string header) => header.Split(';');
}
