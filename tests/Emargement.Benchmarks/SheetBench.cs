using System.Diagnostics;
using Emargement.Domain.Sealing;
using Emargement.Domain.Sheets;
using Emargement.Functions.Sealing.Seal;
using Emargement.Functions.Sheets;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Benchmarks;

/// <summary>Milliseconds to draw and seal a sheet of 30 learners, each with a drawn signature.</summary>
internal static class SheetBench
{
    private const int Lines = 30;
    private const int Rounds = 21;

    public static async Task<Figure> RunAsync(BenchHost host)
    {
        var seal = host.Services.GetRequiredService<PdfSeal>();
        var statement = new SealStatement(TimeProvider.System.GetUtcNow(), "Sceau", "Mesure", new Uri("https://emargement.example/"), null);
        var content = Content();
        var times = new List<double>();
        for (var round = -3; round < Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            await seal.SealAsync(SheetPdf.Write(content), statement, CancellationToken.None);
            if (round >= 0)
            {
                times.Add(watch.Elapsed.TotalMilliseconds);
            }
        }

        return new Figure($"sheet of {Lines} lines, drawn and sealed", "ms", Figure.Median(times), null, null, 100, Rounds);
    }

    private static SheetContent Content() => new()
    {
        Organisation = new("Garonne Formation", "76310000131", "19310000100017"),
        Training = new("Titre professionnel Agent d'accueil touristique", "OCC-2026-1000", "BDC26000", "G1"),
        Session = new(
            "20261123-1-GAR-1-M", new DateOnly(
                2026,
                11,
                23), "matin", new TimeOnly(9, 0), new TimeOnly(12, 30), 210, "Communication", "Toulouse", "Salle 101", "en centre",
            "Europe/Paris"),
        Lines = [.. Enumerable.Range(0, Lines)
            .Select(i => new SheetLine($"LEFÈBVRE Zoë {i}", SheetPresence.Present, i % 9 == 0 ? 12 : 0, 0, null, Signature(i)))],
        Trainer = new("D'ANGELO Noël", Signature(59), null),
        HeadCount = Lines,
        Proof = new(
            1,
            null,
            "7K4M-Q2TX-9RWB",
            new Uri("https://emargement.example/v/7K4MQ2TX9RWB"),
            new string('9', 64),
            "Sceau",
            new DateTimeOffset(2026, 11, 23, 12, 31, 9, TimeSpan.FromHours(1)),
            false),
    };

    private static SheetSignature Signature(int i) => new(
        new DateTimeOffset(2026, 11, 23, 9, i, 0, TimeSpan.FromHours(1)),
        "QR code",
        "M 12,60" + string.Concat(Enumerable.Range(0, 80).Select(p => $" L {12 + (p * 3)},{60 + ((p * (7 + i)) % 40)}")),
        null);
}
