namespace Emargement.Functions.Portal;

/// <summary>The rows of a day, by session and learner.</summary>
internal sealed record HalfDays(string Date, IReadOnlyDictionary<string, ExportRow> Rows);

/// <summary>Reads a <c>demi_journees.csv</c> a day at a time.</summary>
internal static class HalfDayFile
{
    private static readonly string[] Names = ["date", "demi_journee", "seance_ref", "action_ref", "stagiaire_ref"];

    /// <summary>What may differ of a row: all but what names it.</summary>
    public static IEnumerable<string> ColumnsOf(ExportRow row) => row.Columns.Except(Names, StringComparer.Ordinal);

    public static async IAsyncEnumerable<HalfDays> DaysAsync(IAsyncEnumerable<ExportRow> file)
    {
        Dictionary<string, ExportRow> rows = new(StringComparer.Ordinal);
        var date = "";
        await foreach (var row in file)
        {
            if (row["date"] != date && rows.Count > 0)
            {
                yield return new HalfDays(date, rows);
                rows = new(StringComparer.Ordinal);
            }

            date = row["date"];
            rows[$"{row["demi_journee"]}|{row["seance_ref"]}|{row["stagiaire_ref"]}"] = row;
        }

        if (rows.Count > 0)
        {
            yield return new HalfDays(date, rows);
        }
    }
}
