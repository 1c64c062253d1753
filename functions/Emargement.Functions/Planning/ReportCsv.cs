using System.Globalization;
using CsvHelper;
using Emargement.Domain.Planning.Import;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Planning;

/// <summary>A report as a table for a spreadsheet: UTF-8 with BOM, <c>;</c>, CRLF, formulas neutralised.</summary>
public static class ReportCsv
{
    private static readonly CsvWriterOptions Options = new()
    {
        Separator = ';',
        NewLine = "\r\n",
        WriteByteOrderMark = true,
    };

    public static byte[] Write(ImportReport report)
    {
        using var output = new MemoryStream();
        using (var csv = CsvWriter.Create(output, Options, true))
        {
            csv.WriteRecord(["fichier", "ligne", "reference", "code", "gravite", "texte"]);
            foreach (var refused in report.Refused)
            {
                Write(csv, refused.File, "", "", refused.Code, "refus", refused.Text);
            }

            foreach (var line in report.Lines)
            {
                Write(
                    csv,
                    line.File,
                    line.Line == 0 ? "" : line.Line.ToString(CultureInfo.InvariantCulture),
                    line.Ref,
                    line.Code,
                    line.Severity == ImportSeverity.Error ? "rejet" : "avertissement",
                    line.Text);
            }
        }

        return output.ToArray();
    }

    private static void Write(CsvWriter csv, params string[] cells) => csv.WriteRecord([.. cells.Select(CsvCell.Of)]);
}
