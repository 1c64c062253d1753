using System.Globalization;
using System.IO.Compression;
using System.Text;
using Emargement.Domain.Platform.Calendar;

namespace Emargement.Benchmarks.Acts;

/// <summary>The planning of 300 groups of 30 people, each half-day of it under way: what a large organisation imports.</summary>
/// <remarks>Groups with phones have several half-days at once, so that few people, each of whom costs a password to prepare, do many
/// acts.</remarks>
internal static class ActPlanning
{
    public const int GroupSize = 30;
    public const int PhoneGroups = 8;
    public const int SlotsOfPhones = 9;
    public const int Groups = 300;

    public static string Group(int group) => string.Create(CultureInfo.InvariantCulture, $"G{group}");

    public static string Learner(int person) => string.Create(CultureInfo.InvariantCulture, $"S{person:D4}");

    public static string Slot(int group, int slot) => string.Create(CultureInfo.InvariantCulture, $"P{group}-{slot}");

    public static byte[] Zip(DateTimeOffset now)
    {
        var day = SiteZone.Paris.DateAt(now).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        var year = SiteZone.Paris.DateAt(now).Year;

        // 50 minutes hold no whole lunch hour; near midnight the slot stays inside its day.
        var minutes = Math.Clamp((int)SiteZone.Paris.ToLocal(now).TimeOfDay.TotalMinutes - 5, 0, (24 * 60) - 52);
        var (start, end) = (new TimeOnly(minutes / 60, minutes % 60), new TimeOnly((minutes + 50) / 60, (minutes + 50) % 60));
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(
                zip,
                "actions.csv",
                ["action_ref;intitule;date_debut;date_fin", $"A1;Agent d'accueil;01/01/{year};31/12/{year}"]);
            Add(zip, "formateurs.csv", ["formateur_ref;nom;prenom;email", "F1;Delmas;Rémi;remi@of.example"]);
            Add(
                zip,
                "stagiaires.csv",
                Enumerable.Range(0, Groups * GroupSize)
                    .Select(i => $"{Learner(i)};Nom{i};Alix;A1;{Group(i / GroupSize)};REGION;01/01/{year}")
                    .Prepend("stagiaire_ref;nom;prenom;action_ref;groupe;financeur;entree"));
            Add(
                zip,
                "planning.csv",
                Enumerable.Range(0, Groups)
                    .SelectMany(group => Enumerable.Range(0, group < PhoneGroups ? SlotsOfPhones : 1)
                        .Select(slot => $"{Slot(group, slot)};A1;{day};{start:HH\\:mm};{end:HH\\:mm};{Group(group)};F1;Accueil;P"))
                    .Prepend("seance_ref;action_ref;date;debut;fin;groupe;formateur_ref;module;modalite"));
        }

        return buffer.ToArray();
    }

    private static void Add(ZipArchive zip, string name, IEnumerable<string> lines)
    {
        using var stream = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
        stream.Write(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
    }
}
