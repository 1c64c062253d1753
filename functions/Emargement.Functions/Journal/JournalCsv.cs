using System.Globalization;
using CsvHelper;
using Emargement.Domain.People;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Audit;

namespace Emargement.Functions.Journal;

/// <summary>A journal as a table for a spreadsheet: UTF-8 with BOM, <c>;</c>, CRLF, formulas neutralised; hours of the site and
/// UTC.</summary>
public static class JournalCsv
{
    private static readonly CsvWriterOptions Options = new() { Separator = ';', NewLine = "\r\n", WriteByteOrderMark = true };

    public static byte[] Write(IEnumerable<AuditEvent> events, Organisation organisation)
    {
        using var output = new MemoryStream();
        using (var csv = CsvWriter.Create(output, Options, true))
        {
            csv.WriteRecord(
                ["date", "heure", "instant_utc", "genre", "acte", "auteur", "personne", "seance", "objet", "reseau", "resultat", "trace"]);
            foreach (var e in events)
            {
                var local = organisation.Zone.ToLocal(e.At);
                string?[] cells =
                [
                    local.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture),
                    local.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                    e.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
                    e.Kind.ToString(), e.What, e.By, e.Person, e.Session, e.About, e.Network, e.Outcome, e.Trace,
                ];
                csv.WriteRecord([.. cells.Select(c => CsvCell.Of(c ?? string.Empty))]);
            }
        }

        return output.ToArray();
    }
}
