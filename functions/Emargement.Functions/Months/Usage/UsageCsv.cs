using System.Globalization;
using CsvHelper;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Months.Usage;

/// <summary>Usage as a table for a spreadsheet: UTF-8 with BOM, <c>;</c>, CRLF, formulas neutralised.</summary>
public static class UsageCsv
{
    /// <summary>As browsers are told.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    /// <summary>The line that counts each learner once: its other figures are those of the lines above it, and left out.</summary>
    private const string TotalDistinct = "total_distinct";

    private static readonly CsvWriterOptions Options = new() { Separator = ';', NewLine = "\r\n", WriteByteOrderMark = true };

    private static readonly string[] Columns =
    [
        "mois", "of_nda", "financeur", "payeur", "stagiaires_actifs", "demi_journees_dues", "emargements", "demi_journees_papier",
        "semaines_entreprise", "etat",
    ];

    /// <summary>All funders of one organisation, and behind them each learner once.</summary>
    public static byte[] Write(UsageView usage) => Write(
        usage.Funders.Select(line => Cells(usage.Month, usage.Nda, line, usage.Final))
            .Concat(usage.ComputedAt is null ? [] : [TotalOf(usage)]));

    /// <summary>Lines of several organisations.</summary>
    public static byte[] Write(YearMonth month, IEnumerable<(string Nda, UsageLine Line, bool Final)> lines) =>
        Write(lines.Select(l => Cells(month, l.Nda, l.Line, l.Final)));

    private static string[] Cells(YearMonth month, string nda, UsageLine line, bool final) =>
    [
        month.ToString(), nda, line.Funder, line.Payer, Number(line.Learners), Number(line.Due), Number(line.Signed), Number(line.OnPaper),
        Number(line.Weeks), StateOf(final),
    ];

    private static string[] TotalOf(UsageView usage) =>
        [usage.Month.ToString(), usage.Nda, TotalDistinct, "", Number(usage.TotalDistinct), "", "", "", "", StateOf(usage.Final)];

    private static string StateOf(bool final) => final ? "definitif" : "provisoire";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] Write(IEnumerable<string[]> lines)
    {
        using var output = new MemoryStream();
        using (var csv = CsvWriter.Create(output, Options, true))
        {
            csv.WriteRecord(Columns);
            foreach (var line in lines)
            {
                csv.WriteRecord([.. line.Select(CsvCell.Of)]);
            }
        }

        return output.ToArray();
    }
}
