using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Emargement.LocalHost.Demo;

/// <summary>
/// The planning of the demonstration: two groups from Monday to Friday of the current week, a third one
/// in companies this week and the next, and an open workshop around the present moment when no half-day
/// of the week is under way, so that there is always a Session to open.
/// </summary>
internal sealed class DemoPlanning
{
    /// <summary>Logins by account: the manager, then trainers and learners by their reference.</summary>
    public const string Manager = "direction@demo.example";

    private static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");
    private static readonly (TimeOnly Start, TimeOnly End)[] HalfDays = [(new(9, 0), new(12, 30)), (new(13, 30), new(17, 0))];
    private readonly DateTime _now;

    public DemoPlanning(DateTimeOffset now) => _now = TimeZoneInfo.ConvertTime(now, Paris).DateTime;

    public static IReadOnlyList<(string Ref, string LastName, string FirstName, string Email)> Trainers { get; } =
    [
        ("F1", "Delmas", "Rémi", "remi.delmas@demo.example"),
        ("F2", "Nguyen", "Linh", "linh.nguyen@demo.example"),
    ];

    /// <summary>S8 has no e-mail and signs on the trainer's device; those of G3 are in companies.</summary>
    public static IReadOnlyList<(string Ref, string LastName, string FirstName, string? Email, string Group, string Funder)>
        Learners
    { get; } =
    [
        ("S1", "Lefèbvre", "Zoë", "zoe.lefebvre@demo.example", "G1", "REGION"),
        ("S2", "Haddad", "Kévin", "kevin.haddad@demo.example", "G1", "REGION"),
        ("S3", "Azéma", "Fatoumata", "fatoumata.azema@demo.example", "G1", "OPCO"),
        ("S4", "Müller", "Aïcha", "aicha.muller@demo.example", "G1", "REGION"),
        ("S5", "Bousquet", "Théo", "theo.bousquet@demo.example", "G2", "REGION"),
        ("S6", "Çelik", "Maïwenn", "maiwenn.celik@demo.example", "G2", "REGION"),
        ("S7", "Da Silva", "Inês", "ines.dasilva@demo.example", "G2", "FRANCE_TRAVAIL"),
        ("S8", "Ferré", "Solène", null, "G1", "REGION"),
        ("S9", "Okafor", "Chidi", "chidi.okafor@demo.example", "G3", "REGION"),
        ("S10", "Ruiz", "Lucía", "lucia.ruiz@demo.example", "G3", "REGION"),
    ];

    private static IReadOnlyDictionary<string, (string Company, string Tutor, string Email)> Companies { get; } =
        new Dictionary<string, (string, string, string)>
        {
            ["S9"] = ("Garage Viguier", "Mme Viguier", "viguier@garage.demo.example"),
            ["S10"] = ("Hôtel de la Garonne", "M. Paul", "paul@hotel.demo.example"),
        };

    /// <summary>The import's ZIP: actions, formateurs, stagiaires, planning.</summary>
    public byte[] Zip()
    {
        var monday = DateOnly.FromDateTime(_now).AddDays(-(((int)_now.DayOfWeek + 6) % 7));
        var from = Date(new DateOnly(monday.Year, 1, 1));
        var until = Date(new DateOnly(monday.Year, 12, 31));
        var trainings = new Table("action_ref;intitule;certification;numero_region;bdc;site;date_debut;date_fin");
        trainings.Row("A1", "Titre professionnel Agent d'accueil", "RNCP38565", "DEMO-001", "BDC-7", "Toulouse", from, until);
        trainings.Row("ATELIER", "Atelier ouvert", "", "DEMO-002", "BDC-7", "Toulouse", from, until);

        var trainers = new Table("formateur_ref;nom;prenom;email");
        foreach (var t in Trainers)
        {
            trainers.Row(t.Ref, t.LastName, t.FirstName, t.Email);
        }

        var learners = new Table(
            "stagiaire_ref;nom;prenom;email;langue;action_ref;groupe;financeur;numero_region;entree;entreprise;tuteur_nom;tuteur_email");
        foreach (var l in Learners)
        {
            var (company, tutor, email) = Companies.GetValueOrDefault(l.Ref);
            learners.Row(l.Ref, l.LastName, l.FirstName, l.Email, "fr", "A1", l.Group, l.Funder, $"R-{l.Ref}", from, company, tutor, email);
            learners.Row(l.Ref, l.LastName, l.FirstName, l.Email, "fr", "ATELIER", "G0", l.Funder, $"R-{l.Ref}", from, "", "", "");
        }

        return Pack(
            ("actions.csv", trainings), ("formateurs.csv", trainers), ("stagiaires.csv", learners), ("planning.csv", Slots(monday)));
    }

    private Table Slots(DateOnly monday)
    {
        var slots = new Table("seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;salle;modalite");
        foreach (var day in Enumerable.Range(0, 5).Select(monday.AddDays))
        {
            foreach (var (start, end) in HalfDays)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}-{start:HH}");
                slots.Row($"G1-{name}", "A1", Date(day), Time(start), Time(end), "G1", "F1", "Accueillir et renseigner", "Salle 1", "P");
                slots.Row($"G2-{name}", "A1", Date(day), Time(start), Time(end), "G2", "F2", "Projet à distance", "", "D");
            }
        }

        var days = Enumerable.Range(0, 12).Select(monday.AddDays);
        foreach (var day in days.Where(d => d.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)))
        {
            slots.Row($"G3-{day:yyyyMMdd}", "A1", Date(day), Time(new(9, 0)), Time(new(17, 0)), "G3", "", "", "", "E");
        }

        if (!IsUnderWay())
        {
            // An hour that stays inside its day, and ends before it would hold a lunch break.
            var minute = Math.Clamp(((int)_now.TimeOfDay.TotalMinutes / 5 * 5) - 5, 0, (24 * 60) - 65);
            var start = new TimeOnly(minute / 60, minute % 60);
            var name = string.Create(CultureInfo.InvariantCulture, $"ATELIER-{_now:yyyyMMdd}-{start:HHmm}");
            slots.Row(
                name,
                "ATELIER",
                Date(DateOnly.FromDateTime(_now)),
                Time(start),
                Time(start.AddHours(1)),
                "G0",
                "F1",
                "Atelier ouvert",
                "Salle 2",
                "P");
        }

        return slots;
    }

    private bool IsUnderWay()
    {
        var time = TimeOnly.FromDateTime(_now);
        return _now.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && HalfDays.Any(h => h.Start <= time && time < h.End);
    }

    private static string Date(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static byte[] Pack(params (string Name, Table Table)[] files)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, table) in files)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(Encoding.UTF8.GetBytes(table.ToString()));
            }
        }

        return buffer.ToArray();
    }

    private sealed class Table(string headings)
    {
        private readonly StringBuilder _text = new(headings + "\n");

        public void Row(params string?[] cells) => _text.AppendJoin(';', cells).Append('\n');

        public override string ToString() => _text.ToString();
    }
}
