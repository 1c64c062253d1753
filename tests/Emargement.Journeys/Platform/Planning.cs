using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Emargement.Journeys.Platform;

/// <summary>
/// A day's planning made around a moment, so that journeys run at any hour against any server: one half-day in centre and one at a
/// distance, both under way.
/// </summary>
public sealed class Planning
{
    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    private static readonly (string Ref, string LastName, string FirstName, string? Mailbox, string Funder)[] Named =
    [
        ("S1", "Lefèbvre", "Zoë", "zoe", "REGION"),
        ("S2", "Haddad", "Kévin", "kevin", "REGION"),
        ("S3", "Azéma", "Fatoumata", "fatoumata", "REGION"),
        ("S4", "Bousquet", "Théo", "theo", "REGION"),
        ("S5", "Müller", "Aïcha", "aicha", "REGION"),
        ("S6", "Ferré", "Solène", null, "REGION"),
        ("S7", "Introuvable-Chez-La-Région", "Ömer", "omer", "OPCO"),
        ("S8", "Çelik", "Maïwenn", "maiwenn", "REGION"),
    ];

    /// <param name="now">The server's time.</param>
    /// <param name="domain">Of the learners' addresses.</param>
    /// <param name="crowd">Further learners, references C1, C2, …, for journeys that need many.</param>
    public Planning(DateTimeOffset now, string domain, int crowd = 0)
    {
        Learners =
        [
            .. Named.Select(l => l with { Mailbox = l.Mailbox is { } name ? $"{name}@{domain}" : null }),
            .. Enumerable.Range(1, crowd).Select(n => ($"C{n}", $"Nombreux{n}", "Alix", (string?)null, "REGION")),
        ];
        var local = TimeZoneInfo.ConvertTime(now, Paris);
        Day = DateOnly.FromDateTime(local.DateTime);
        var minutes = (int)local.TimeOfDay.TotalMinutes;
        // 50 minutes hold no whole lunch hour, so no slot is split; near midnight the slot stays inside its day.
        var start = Math.Clamp(minutes - 5, 0, (24 * 60) - 52);
        Start = new TimeOnly(start / 60, start % 60);
        End = Start.AddMinutes(50);
    }

    public DateOnly Day { get; }

    public string Month => Day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>When everybody entered the training.</summary>
    public DateOnly FirstOfMonth => new(Day.Year, Day.Month, 1);

    public TimeOnly Start { get; }

    public TimeOnly End { get; }

    /// <summary>Learners by reference; the Région pays for those marked so.</summary>
    public IReadOnlyList<(string Ref, string LastName, string FirstName, string? Email, string Funder)> Learners { get; }

    public byte[] Zip()
    {
        var day = Day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        var since = FirstOfMonth.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        var until = Day.AddDays(30).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        var learners = new StringBuilder("stagiaire_ref;nom;prenom;email;langue;action_ref;groupe;financeur;numero_region;entree\n");
        foreach (var l in Learners)
        {
            learners.Append(
                CultureInfo.InvariantCulture, $"{l.Ref};{l.LastName};{l.FirstName};{l.Email};fr;A1;G1;{l.Funder};R-{l.Ref};{since}\n");
        }

        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                zip,
                "actions.csv",
                $"action_ref;intitule;numero_region;bdc;date_debut;date_fin\nA1;Titre professionnel Agent d'accueil;OCC-1;BDC1;{since};"
                    + $"{until}\n");
            Add(zip, "formateurs.csv", "formateur_ref;nom;prenom;email\nF1;Delmas;Rémi;remi@of.example\n");
            Add(zip, "stagiaires.csv", learners.ToString());
            Add(zip, "planning.csv", string.Create(
                CultureInfo.InvariantCulture,
                $"seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;salle;modalite\nCENTRE;A1;{day};{Start:HH\\:mm};"
                    + $"{End:HH\\:mm};G1;F1;Accueil;Salle 1;P\nDISTANCE;A1;{day};{Start:HH\\:mm};{End:HH\\:mm};G1;F1;Projet;;D\n"));
        }

        return buffer.ToArray();
    }

    private static void Add(ZipArchive zip, string name, string text)
    {
        using var stream = zip.CreateEntry(name).Open();
        stream.Write(Encoding.UTF8.GetBytes(text));
    }
}
