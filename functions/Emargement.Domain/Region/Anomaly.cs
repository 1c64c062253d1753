using Emargement.Domain.Sessions;

namespace Emargement.Domain.Region;

/// <summary>
/// A computable doubt: a stable code, shared with the import's warnings where both see the same thing, and the French sentence of the file.
/// </summary>
public sealed record Anomaly(string Code, string Text)
{
    public static Anomaly NotClosed { get; } = new(
        "not-closed", "La séance n'est pas clôturée : ses demi-journées sans signature ne comptent ni comme réalisées ni comme absences.");

    public static Anomaly TrainerNotSigned { get; } = new("trainer-not-signed", "La séance est clôturée sans signature du formateur.");

    public static Anomaly HeadCount { get; } = new(
        "head-count", "Le nombre de personnes compté par le formateur diffère du nombre de signatures.");

    public static Anomaly Sunday { get; } = new("sunday", "La séance a lieu un dimanche.");

    public static Anomaly PublicHoliday { get; } = new("public-holiday", "La séance a lieu un jour férié.");

    public static Anomaly OutsideTrainingDates { get; } = new(
        "outside-training-dates", "La séance est en dehors des dates de l'action de formation.");

    public static Anomaly TrainerOverlap { get; } = new("trainer-overlap", "Le formateur est prévu en deux lieux au même moment.");

    public static Anomaly RoomOverlap { get; } = new("room-overlap", "Deux groupes sont prévus dans la même salle au même moment.");

    public static Anomaly EditedByHand { get; } = new(
        "edited-by-hand", "Le planning de la séance a été modifié à la main après son import.");

    public static Anomaly LatePlanning { get; } = new("late-planning", "Le planning de la séance a été modifié le jour même.");

    public static Anomaly ClosedByOther { get; } = new(
        "closed-by-other", "La séance a été clôturée par une autre personne que le formateur, qui n'a pas contresigné.");

    public static Anomaly PaperInElectronicMonth { get; } = new(
        "paper-in-electronic-month", "Une feuille papier prouve des présences alors que le groupe émarge en électronique ce mois-ci.");

    public static Anomaly ElectronicInPaperMonth { get; } = new(
        "electronic-in-paper-month", "Des signatures électroniques existent alors que le groupe émarge sur papier ce mois-ci.");

    public static Anomaly UnplannedLearner { get; } = new(
        "unplanned-learner", "Le stagiaire a été ajouté à la séance sans y être inscrit ce jour-là.");

    public static Anomaly Unsigned { get; } = new(
        "unsigned", "La demi-journée n'est pas émargée et personne n'a dit si le stagiaire était présent.");

    public static Anomaly PresentWithoutSignature { get; } = new(
        "present-without-signature", "Le stagiaire est déclaré présent sans signature.");

    public static Anomaly SignedThenAbsent { get; } = new("signed-then-absent", "Le stagiaire a signé, puis a été déclaré absent.");

    public static Anomaly Corrected { get; } = new("corrected", "L'assiduité a été corrigée après la clôture.");

    public static Anomaly SignatureOtherDay { get; } = new("signature-other-day", "La signature n'a pas été faite le jour de la séance.");

    public static Anomaly SignatureOutsideWindow { get; } = new(
        "signature-outside-window", "La signature a été faite en dehors du créneau permis autour de la séance.");

    public static Anomaly SignaturesInSeries { get; } = new(
        "signatures-in-series", "La signature fait partie d'une série faite en quelques secondes sur un même appareil.");

    public static Anomaly DrawingReused { get; } = new("drawing-reused", "Le tracé de la signature est identique à un tracé déjà utilisé.");

    public static Anomaly DeviceShared { get; } = new(
        "device-shared", "L'appareil a servi à signer pour plusieurs personnes le même jour.");

    public static Anomaly LearnerOverlap { get; } = new("learner-overlap", "Le stagiaire est attendu à deux séances au même moment.");

    public static Anomaly SignatureCancelledSession { get; } = new(
        "signature-cancelled-session", "Une signature existe pour une séance annulée.");

    /// <summary>Which two sessions, and which of them the minutes that they share count in.</summary>
    internal static Anomaly LearnerOverlapOf(SessionId counted, SessionId other) => LearnerOverlap with
    {
        Text = $"Le stagiaire est attendu au même moment à la séance {counted.Reference} du {counted.Date:yyyy-MM-dd} "
            + $"et à la séance {other.Reference} du {other.Date:yyyy-MM-dd} ; les minutes communes ne comptent que dans la première.",
    };

    /// <summary>Every anomaly that this version can report.</summary>
    public static IReadOnlyList<Anomaly> All { get; } =
    [
        NotClosed, TrainerNotSigned, HeadCount, Sunday, PublicHoliday, OutsideTrainingDates, TrainerOverlap, RoomOverlap, EditedByHand,
        LatePlanning, ClosedByOther, PaperInElectronicMonth, ElectronicInPaperMonth, UnplannedLearner, Unsigned,
        PresentWithoutSignature, SignedThenAbsent, Corrected, SignatureOtherDay, SignatureOutsideWindow, SignaturesInSeries, DrawingReused,
        DeviceShared,
        LearnerOverlap, SignatureCancelledSession,
    ];
}
