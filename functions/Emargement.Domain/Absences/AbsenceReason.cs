namespace Emargement.Domain.Absences;

/// <summary>Why somebody was absent, as an organisation lists it.</summary>
/// <param name="Code">Capital letters, digits and dashes, 12 at most.</param>
/// <param name="Label">As sheets and lists say it, 80 characters at most; of a health reason only those who examine see it.</param>
/// <param name="Justified">Whether an absence for it is a justified one.</param>
/// <param name="DocumentRequired">Whether it is accepted only once a document was seen.</param>
/// <param name="LearnerMayFile">Whether learners may file it themselves.</param>
/// <param name="Health">Whether it tells of somebody's health: kept short, and in no fact, sheet, mail or log.</param>
public sealed record AbsenceReason(
    string Code, string Label, bool Justified, bool DocumentRequired, bool LearnerMayFile, bool Health)
{
    /// <summary>What stands in place of a health reason once its document is gone.</summary>
    public const string Forgotten = "JUS";
}

/// <summary>The reasons that there are from the start. No Région publishes a list of its own: these are the usual words.</summary>
public static class AbsenceReasons
{
    public static IReadOnlyList<AbsenceReason> Usual { get; } =
    [
        new("MAL", "Maladie", true, true, true, true),
        new("ACC", "Accident du travail ou de trajet", true, true, true, true),
        new("MAT", "Maternité, paternité, adoption", true, true, true, true),
        new("ENF", "Enfant malade", true, true, true, true),
        new("FAM", "Événement familial", true, true, true, false),
        new("ADM", "Convocation (administration, justice, emploi)", true, true, true, false),
        new("AUT", "Absence autorisée par l’organisme", true, false, false, false),
        new("FER", "Fermeture du centre", true, false, false, false),
    ];

    /// <returns>The reason of a code; null when there is none.</returns>
    public static AbsenceReason? Find(string? code) => Usual.FirstOrDefault(r => r.Code == code);
}
