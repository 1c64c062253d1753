using System.Globalization;
using System.IO.Compression;
using System.Text;
using Emargement.Domain.Planning.Import;

namespace Emargement.Functions.Planning;

/// <summary>The four files to fill in, each with its headings and an example, and a page that explains them in French.</summary>
public static class ImportTemplates
{
    // A fixed date keeps the archive the same to the byte.
    private static readonly DateTimeOffset Date = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<ImportKind, string> Examples = new()
    {
        [ImportKind.Trainings] =
            "A-2026-01;Agent d'accueil touristique;RNCP38667;OCC-2026-1000;BDC26000;Toulouse;12 rue des Écoles, "
            + "31000 Toulouse;02/11/2026;18/12/2026;350;140",
        [ImportKind.Trainers] = "F-01;Le Goff;Chloé;chloe.legoff@exemple.fr",
        [ImportKind.Learners] =
            "S-0001;Mme;Durand;Maïwenn;10/01/1985;maiwenn.durand@exemple.fr;06 00 00 00 00;fr;A-2026-01;G1;REGION;R68085012;BDC26000;"
            + "02/11/2026;;Mairie de Toulouse;Vidal Ömer;tuteur@exemple.fr",
        [ImportKind.Planning] = "P-261102-G1;A-2026-01;02/11/2026;09:00;17:00;12:30;13:30;G1;F-01;Communication;Toulouse;Salle 101;P",
    };

    private const string Explanation = """
        Modèles d'import de la planification

        Remplissez les fichiers dont vous avez besoin, puis envoyez-les ensemble ou dans une seule archive ZIP.
        Un classeur Excel (.xlsx) convient aussi : une feuille par fichier, reconnue à ses titres de colonnes.
        Les fichiers sont reconnus à leurs titres de colonnes : leur nom et l'ordre des colonnes sont libres. Un titre peut se trouver
        au-dessus (les titres de colonnes sont cherchés dans les dix premières lignes).
        Supprimez la ligne d'exemple avant d'envoyer. Une colonne marquée d'un astérisque ci-dessous doit être remplie à chaque ligne.

        Écriture
        - Séparateur : point-virgule, virgule ou tabulation. Encodage : UTF-8, UTF-16, Windows-1252 (celui d'Excel) ou Macintosh. Un
          caractère illisible ne met en cause que sa ligne.
        - Dates : 02/11/2026, 2/11/2026, 02-11-2026, 02.11.2026, 02/11/26, 2026-11-02, « lundi 2 novembre 2026 » ou le nombre d'un tableur.
          Un jour de la semaine qui contredit la date fait rejeter la ligne.
        - Heures : 09:00, 09:00:00, 9h, 9h30, 9 h 30, 9.30 ou 0930, à l'heure du site. Un créneau peut finir à 24:00 ou après minuit
          (21:00 à 05:00) : il est du jour où il commence. L'heure que saute le passage à l'heure d'été est rejetée ; celle qui se
          répète en automne est la première.
        - Références : espaces multiples ou insécables et caractères invisibles ne comptent pas. Une référence qui ne diffère que par les
          majuscules est reconnue, avec un avertissement.
        - 50 Mo et 200 000 lignes au plus par envoi.

        """;

    private const string Rules = """
        Règles
        - La référence est la clé : importer deux fois le même fichier ne change rien.
        - Une colonne absente du fichier ne change rien à ce qui est enregistré ; une case vide l'efface.
        - Un créneau qui contient sa pause donne deux demi-journées à signer. Sans pause indiquée, la pause de midi de l'organisme coupe
          un créneau qui la contient.
        - Plusieurs groupes : « G1, G2 » dans la case, ou une ligne par groupe avec la même référence de séance : une seule séance
          pour tous.
        - Plusieurs formateurs : « F1, F2 » dans la case, ou une ligne par formateur : une seule séance, que chacun peut ouvrir. Un
          formateur peut être écrit par son nom s'il est seul à le porter ; sinon le formateur déjà connu reste.
        - Une séance d'une action présente dans le fichier, datée entre la première et la dernière date du fichier, et qui n'y figure plus,
          est annulée.
        - Un planning qui contient moins de la moitié des séances à remplacer est refusé : il a sans doute été tronqué. Vous pouvez forcer
          l'import.
        - Une séance signée, un mois transmis à la Région ou une séance modifiée à la main ne changent pas : le rapport le dit.
        - Un changement de financeur s'écrit sur deux lignes : l'ancienne avec sa date de sortie, puis la nouvelle. Les lignes d'un
          stagiaire pour une action et un groupe sont la liste complète de ses périodes.
        - Un stagiaire qui change de groupe garde la ligne de l'ancien groupe, avec sa date de sortie. Sinon le rapport signale que
          l'ancienne inscription est toujours ouverte.
        - Financeur : écrivez REGION pour les stagiaires financés par la Région.
        - Un stagiaire sans adresse e-mail signe sur l'appareil du formateur.
        - Modalité : P (présentiel, centre), D (distanciel, à distance, FOAD) ou E (entreprise, stage) ; vide vaut P.
        - Un seul import à la fois par organisme.

        Sans fichier
        - YPAREO se lit tout seul chaque nuit : page « Imports et sources », formulaire YPAREO, avec un jeton qui a le droit sur les
          groupes, leurs apprenants, le planning et les personnels. Si YPAREO n'est pas joignable depuis Internet, un petit programme à
          installer dans votre réseau fait le même travail (dossier connectors du code, avec sa notice).
        - Un logiciel (GESTIBASE, AXESS ou un autre) peut envoyer chaque changement dès qu'il a lieu. Créez-lui une clé avec le droit
          « planning » ; il appelle PUT /api/organisations/{organisme}/planning/{trainings, trainers, learners, enrolments ou sessions}/
          {référence}, ou POST /api/organisations/{organisme}/planning pour 500 éléments à la fois. Les champs sont les colonnes
          ci-dessus, les règles celles de cette page ; un champ absent ne change rien, un champ vide efface.
        - Ce logiciel apparaît alors parmi les sources de la page « Imports et sources ». S'il n'envoie plus rien pendant trois jours
          ouvrés, les gestionnaires reçoivent un courriel.
        """;

    public static byte[] Zip()
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            var columns = new StringBuilder("Colonnes\r\n");
            foreach (var kind in Enum.GetValues<ImportKind>())
            {
                var name = ImportColumns.FileName(kind);
                var all = ImportColumns.Of(kind);
                Add(zip, name, $"{string.Join(';', all.Select(c => c.Name))}\r\n{Examples[kind]}\r\n");
                var names = all.Select(c => c.Required ? c.Name + "*" : c.Name);
                columns.Append(CultureInfo.InvariantCulture, $"- {name} : {string.Join(", ", names)}\r\n");
            }

            Add(zip, "LISEZMOI.txt", $"{Explanation.ReplaceLineEndings("\r\n")}\r\n{columns}\r\n{Rules.ReplaceLineEndings("\r\n")}\r\n");
        }

        return output.ToArray();
    }

    /// <summary>The same as one workbook, with lists to choose from.</summary>
    public static byte[] Workbook()
    {
        var columns = Enum.GetValues<ImportKind>().Select(kind =>
            $"- {Path.GetFileNameWithoutExtension(ImportColumns.FileName(kind))} : "
            + string.Join(", ", ImportColumns.Of(kind).Select(c => c.Required ? c.Name + "*" : c.Name)));
        string[] lines = [.. Explanation.Split('\n'), "Colonnes", .. columns, "", .. Rules.Split('\n')];
        return TemplateWorkbook.Write([.. lines.Select(l => l.TrimEnd())], kind => Examples[kind].Split(';'), Date);
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = Date;
        using var stream = entry.Open();

        // With a byte order mark, a French spreadsheet opens the accents as they are.
        stream.Write(Encoding.UTF8.GetPreamble());
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
