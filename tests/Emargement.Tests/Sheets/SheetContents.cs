using System.Globalization;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;

namespace Emargement.Tests.Sheets;

/// <summary>Sheets to draw in tests.</summary>
internal static class SheetContents
{
    public const string Scribble =
        "M 12.5,60.2 C 20,10 35,5 40,40 S 52,80 60,45 C 64,28 70,20 76,44 s 10,30 18,6 q 6,-24 14,0 t 14,2 L 140,52 h 20 M 30,75 l 110,-6";

    private static readonly string[] Names =
    [
        "LEFÈBVRE Zoë", "RUIZ Inès", "ŁUKASIEWICZ Wojciech", "ΠΑΠΑΔΟΠΟΥΛΟΣ Ελένη", "ИВАНОВА Ольга", "NGUYỄN Thị Hòa", "O'BRIEN Máire",
        "ŞAHİN Gülşen", "ČERNÝ Jiří",
        "d'AUBIGNÉ-CŒUR Françoise", "SØRENSEN Bjørk", "ȚURCANU Ștefan", "ĐORĐEVIĆ Ljiljana", "MÜLLER Jürgen", "KOVÁCS Győző",
    ];

    public static SheetContent With(int learners, int version = 1, bool development = false) => new()
    {
        Organisation = new("GRETA-CFA du Lauragais", "76310000131", "19310000100017"),
        Training = new("Titre professionnel Agent de maintenance des bâtiments", "R76-2026-0417", "BDC-88213", "AMB-2"),
        Session = new(
            "20261123-1-AMB2-0047", new DateOnly(2026, 11, 23), "matin", new TimeOnly(9, 0), new TimeOnly(12, 30), 210,
            "Électricité : habilitation BS", "Castelnaudary", "Atelier 3",
            "en centre", "Europe/Paris"),
        Lines = [.. Enumerable.Range(0, learners).Select(Line)],
        Trainer = new("CAZENAVE Hélène", new SheetSignature(At(12, 31, 4), null, Scribble, null), null),
        HeadCount = learners - 1,
        Proof = new(
            version, version > 1 ? new string('a', 64) : null, "7K4M-Q2TX-9RWB", new Uri("https://emargement.example/v/7K4MQ2TX9RWB"),
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "Sceau de GRETA-CFA du Lauragais", At(12, 31, 9),
            development),
    };

    public static DateTimeOffset At(int hour, int minute, int second) => new(2026, 11, 23, hour, minute, second, TimeSpan.FromHours(1));

    private static SheetLine Line(int index)
    {
        var name = Names[index % Names.Length] + (index >= Names.Length ? (index / Names.Length).ToString(
            " '#'0", CultureInfo.InvariantCulture) : "");
        var signature = new SheetSignature(
            At(9, index % 15, (index * 7) % 60),
            index % 3 == 0 ? "QR code" : "Jeton",
            index % 4 == 3 ? null : Scribble,
            index % 8 == 3 ? Names[index % Names.Length] : null);
        return (index % 11) switch
        {
            4 => new(name, SheetPresence.Present, 17, 0, null, signature),
            6 => new(name, SheetPresence.AbsentJustified, 0, 0, "arrêt de travail", null),
            8 => new(name, SheetPresence.AbsentUnjustified, 0, 0, null, null),
            9 => new(name, SheetPresence.Present, 12, 30, "rendez-vous à la mission locale", signature),
            _ => new(name, SheetPresence.Present, 0, 0, null, signature),
        };
    }
}
