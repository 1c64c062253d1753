using System.Globalization;

namespace Emargement.Domain.Planning.Import;

/// <summary>What the report says, in French, of what is wrong and of what to do. The report is read by the organisation's planning staff,
/// in French only.</summary>
public static class ImportSentences
{
    public static string SharedEmail =>
        "cette adresse e-mail est aussi celle d'une autre personne : chacune se connecte avec sa référence.";

    public static string PlacementWithoutTutor =>
        "des jours en entreprise sont prévus, mais l'entreprise ou le nom du tuteur manque : personne ne pourra valider les heures. "
        + "Renseignez « entreprise » et « tuteur_nom ».";

    public static string SerialDates =>
        "les dates de ce fichier sont écrites en nombres de tableur ; elles sont lues comme telles (46357 est le 01/12/2026). "
        + "Vérifiez-en une, ou donnez à la colonne le format Date.";

    public static string Missing(string column) => $"la colonne « {column} » est vide. Renseignez-la puis importez de nouveau.";

    public static string Undecodable(string column, string value) =>
        $"« {Shown(value)} » dans « {column} » contient un caractère illisible (\uFFFD). Corrigez cette valeur, "
        + "ou exportez le fichier de nouveau en UTF-8.";

    public static string BrokenFormula(string column, string value) =>
        $"« {Shown(value)} » dans « {column} » : la formule de cette cellule ne donne rien. Corrigez-la dans le tableau.";

    public static string AbbreviatedNumber(string column, string value) =>
        $"« {Shown(value)} » dans « {column} » : le tableur a abrégé ce nombre. Mettez la colonne au format Texte, "
        + "remettez la référence entière, puis exportez de nouveau.";

    public static string Repaired(string value) =>
        $"des caractères de cette ligne n'étaient pas dans le même encodage que le fichier ; ils sont lus ainsi : « {Shown(value)} ». "
        + "Vérifiez cette valeur, et exportez le fichier en UTF-8.";

    public static string ByCase(string column, string written, string known) =>
        $"« {Shown(written)} » dans « {column} » est lu comme {known}, qui n'en diffère que par les majuscules. "
        + "Corrigez l'une des deux écritures.";

    public static string TooLong(string column, string value, int limit) =>
        $"« {column} » contient {value.Length} caractères (« {Shown(value)} ») ; le maximum est {limit}. Raccourcissez cette valeur.";

    public static string TooMany(int values, int columns) =>
        $"la ligne a {values} valeurs pour {columns} colonnes : un séparateur se trouve sans doute dans une valeur. "
        + "Mettez cette valeur entre guillemets.";

    public static string Date(string column, string value) =>
        $"« {Shown(value)} » dans « {column} » n'est pas une date du calendrier, ou son jour de la semaine n'est pas le bon. "
        + "Écrivez jj/mm/aaaa, par exemple 05/11/2026.";

    public static string Time(string column, string value) =>
        $"« {Shown(value)} » dans « {column} » n'est pas une heure. Écrivez hh:mm, par exemple 09:00, ou 9h30.";

    public static string NoSuchHour(string date, string time) =>
        $"le {date}, {time} n'existe pas : c'est l'heure que le passage à l'heure d'été saute. Corrigez l'horaire.";

    public static string DoubledHour(string date, string time) =>
        $"le {date}, {time} existe deux fois (passage à l'heure d'hiver) ; la première est retenue. Vérifiez l'horaire.";

    public static string EndBeforeStart(string what, string start, string end) =>
        $"{what} finit ({end}) avant de commencer ({start}). Corrigez l'un des deux.";

    public static string SlotTooLong(double hours) =>
        $"le créneau dure {hours.ToString("0.#", CultureInfo.GetCultureInfo("fr-FR"))} heures ; le maximum est 12. "
        + "Vérifiez les heures de début et de fin.";

    public static string Modality(string value) =>
        $"la modalité « {Shown(value)} » est inconnue. Écrivez P (présentiel, centre), D (distanciel, FOAD) ou E (entreprise, stage).";

    public static string UnknownAction(string value) =>
        $"l'action « {Shown(value)} » est inconnue. Ajoutez-la au fichier des actions ou corrigez cette référence.";

    public static string UnknownLearner(string value) =>
        $"le stagiaire « {Shown(value)} » est inconnu. Envoyez-le d'abord ou corrigez cette référence.";

    public static string UnknownGroup(string group, string action) =>
        $"aucun stagiaire n'est inscrit dans le groupe « {Shown(group)} » de l'action {action}. "
        + "Ajoutez les inscriptions au fichier des stagiaires ou corrigez le groupe.";

    public static string Duplicate(int firstLine) =>
        $"cette référence est déjà à la ligne {firstLine}, qui est gardée. Supprimez l'une des deux lignes.";

    public static string OverlappingPeriods(int firstLine) =>
        $"cette période chevauche celle de la ligne {firstLine} pour le même stagiaire, la même action et le même groupe. "
        + "Corrigez les dates d'entrée et de sortie.";

    public static string EnrolmentLeftOpen(string old, string current) =>
        $"ce stagiaire entre dans le groupe {current}, mais son inscription au groupe {old} est toujours ouverte : "
        + "il est attendu dans les deux. "
        + $"Remettez la ligne du groupe {old} avec sa date de sortie.";

    public static string TwoGroups(string first, string second) =>
        $"ce stagiaire est inscrit en même temps dans les groupes {first} et {second} de la même action. "
        + "Donnez une date de sortie à l'une des deux lignes.";

    public static string SameName(string other) =>
        $"{other} porte le même nom. Vérifiez que ce sont deux personnes ; leur date de naissance, sinon leur référence, les distingue.";

    public static string SamePerson(string other) =>
        $"{other} porte le même nom et la même date de naissance : c'est sans doute la même personne sous deux références. Gardez-en une.";

    public static string Signed(string session) =>
        $"la séance {session} est déjà ouverte ou signée ; elle reste comme elle a été signée. Corrigez-la dans l'application si besoin.";

    public static string Locked(string session) =>
        $"la séance {session} est dans un mois transmis à la Région et verrouillé ; elle n'est pas modifiée.";

    public static string Validated(string session) =>
        $"la séance {session} est dans un mois validé ; elle n'est pas modifiée. Reprenez d'abord le mois.";

    public static string Edited(string session) =>
        $"la séance {session} a été modifiée à la main ; la version de l'application est gardée. "
        + "Reportez la modification dans votre logiciel, ou annulez-la dans l'application.";

    public static string HandKept(string session) =>
        $"la séance {session} a été modifiée à la main ; sa version est gardée, comme quelqu'un de votre organisme l'a choisi.";

    /// <param name="stays">The trainer who stays in that place; null when nobody was known before.</param>
    public static string UnknownTrainer(string value, string? stays) => stays is null
        ? $"le formateur « {Shown(value)} » est inconnu ; la séance est importée, mais personne ne pourra l'ouvrir. "
            + "Ajoutez-le au fichier des formateurs."
        : $"le formateur « {Shown(value)} » est inconnu, ou plusieurs portent ce nom ; la séance garde {stays}. "
            + "Écrivez la référence du formateur.";

    public static string TrainerByName(string name, string found) =>
        $"le formateur « {Shown(name)} » est reconnu à son nom : {found}. Écrivez plutôt sa référence.";

    public static string Holiday(string date, string name) =>
        $"le {date} est férié ({name}). Vérifiez la date : une signature ce jour-là peut être refusée au contrôle.";

    public static string Sunday(string date) =>
        $"le {date} est un dimanche. Vérifiez la date : une signature ce jour-là peut être refusée au contrôle.";

    public static string TrainerOverlap(string trainer, string other) =>
        $"le formateur {trainer} est attendu au même moment ailleurs ({other}). Corrigez l'un des deux horaires.";

    public static string RoomOverlap(string room, string other) =>
        $"la salle {room} est prise au même moment ({other}). Corrigez la salle ou l'horaire.";

    public static string GroupOverlap(string group, string other) =>
        $"le groupe {group} a une autre séance au même moment ({other}). Corrigez l'un des deux horaires, "
        + "ou supprimez l'une des deux lignes.";

    public static string LearnerOverlap(string learner, string other) =>
        $"le stagiaire {learner}, inscrit dans deux groupes, est attendu au même moment ailleurs ({other}). "
        + "Corrigez son inscription ou l'un des deux horaires.";

    public static string ProbableDouble(string session) =>
        $"la séance {session} a le même groupe et le même horaire sous une autre référence : c'est sans doute la même. "
        + "Gardez une référence d'un export à l'autre.";

    public static string OutsideTraining(string date, string first, string last) =>
        $"le {date} est hors des dates de l'action (du {first} au {last}). Vérifiez la date de la séance ou celles de l'action.";

    public static string Late(string session) =>
        $"la séance {session} est aujourd'hui : le changement est appliqué, et compte comme une modification tardive.";

    public static string UnknownColumn(string heading) => $"la colonne « {Shown(heading)} » n'est pas connue ; elle est ignorée.";

    public static string LineSkipped(string text) => $"« {Shown(text)} », au-dessus des titres de colonnes, n'est pas lu.";

    public static string Ignored(string column, string value) =>
        $"« {Shown(value)} » dans « {column} » n'est pas lisible ; la ligne est importée sans cette valeur. "
        + "Corrigez-la pour qu'elle soit prise en compte.";

    public static string OtherIdentity(int firstLine) =>
        $"le nom ou les coordonnées diffèrent de la ligne {firstLine} pour le même stagiaire ; ceux de la ligne {firstLine} sont gardés.";

    public static string PersonEdited(IEnumerable<string> columns) =>
        $"modifié à la main ({string.Join(", ", columns)}) : ce qu'une personne a écrit est gardé. "
        + "Corrigez le fichier, ou choisissez « Suivre de nouveau le fichier » sur la page de la personne.";

    public static string NameNotDrawable(string name) =>
        $"le nom « {Shown(name)} » a des caractères que les feuilles scellées ne savent pas dessiner : elles en impriment les numéros. "
        + "Ajoutez le nom en lettres latines à côté.";

    /// <param name="code">Why, as <c>PlacementImport</c> refuses.</param>
    public static string PlacementKept(string company, string code) =>
        $"la période chez « {Shown(company)} » reste comme elle est : " + code switch
        {
            "placement-edited" => "elle a été modifiée à la main. Reportez la modification dans votre logiciel, "
            + "ou changez-la dans l'application.",
            "placement-declared" => "des heures y sont déjà déclarées. Si elle n'a plus lieu, annulez-la dans l'application.",
            "placement-day-validated" => "le tuteur a déjà validé des jours que le fichier ne contient plus.",
            _ => "le fichier lui donne des dates ou des heures impossibles. Vérifiez les jours en entreprise (98 semaines au plus).",
        };

    public static string UnmappedEvent(string summary) =>
        $"l'événement « {Shown(summary)} » ne correspond à aucune action ni à aucun groupe, ou à plusieurs actions. "
        + "Ajoutez une règle de calendrier : des mots de l'événement, l'action et le groupe.";

    public static string UnreadableEvent(string summary) =>
        $"l'événement « {Shown(summary)} » n'est pas écrit comme un agenda doit l'être (dates ou répétition). "
        + "Corrigez-le dans votre agenda.";

    public static string EndlessEvent(string summary, int limit) =>
        $"l'événement « {Shown(summary)} » se répète plus de {limit} fois ou d'une façon qui ne peut être calculée. "
        + "Donnez une fin à sa répétition.";

    public static string UnknownZone(string summary, string zone) =>
        $"le fuseau horaire « {Shown(zone)} » de l'événement « {Shown(summary)} » est inconnu. "
        + "Choisissez celui de votre site dans l'agenda.";

    public static string WholeDays(string summary) =>
        $"l'événement « {Shown(summary)} » dure des jours entiers, sans horaires à émarger ; il n'est pas importé.";

    public static string NoEvents(int parts) =>
        $"{parts} éléments de cet agenda (tâches, notes, disponibilités) ne sont pas des événements.";

    public static string FileIgnored(string name) =>
        $"« {Shown(name)} » n'est ni un fichier CSV, ni un classeur Excel, ni un agenda ; il est ignoré.";

    public static string SheetEmpty(string sheet) =>
        $"la feuille « {Shown(sheet)} » n'a que des titres de colonnes ; elle est ignorée.";

    public static string SheetIgnored(string sheet) =>
        $"les titres de colonnes de la feuille « {Shown(sheet)} » ne sont ceux d'aucun fichier attendu ; elle est ignorée.";

    /// <summary>A value as the report quotes it: one line, cut when it is long.</summary>
    private static string Shown(string value)
    {
        var oneLine = value.ReplaceLineEndings(" ");
        return oneLine.Length <= 60 ? oneLine : oneLine[..60] + "…";
    }
}
