using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Emargement.Functions.Planning.Reading.Workbooks;

/// <summary>How the cells of a workbook show numbers: those with the format of a date or a time are written as one.</summary>
internal sealed partial class CellFormats
{
    // Dates and hours of a planning come again and again.
    private const int MostKnown = 20_000;

    private readonly List<(bool Date, bool Time)> _styles;
    private readonly Dictionary<(string Value, int Style), string> _known = [];
    private readonly int _firstDay;

    private CellFormats(List<(bool Date, bool Time)> styles, int firstDay) => (_styles, _firstDay) = (styles, firstDay);

    /// <param name="styles">The part <c>styles.xml</c>; null when the workbook has none.</param>
    /// <param name="isFrom1904">Whether days are counted from 1904, as on an old Mac.</param>
    public static CellFormats Read(XDocument? styles, bool isFrom1904)
    {
        var custom = Named(styles, "numFmt").ToLookup(f => Id(f, "numFmtId"), f => f.Attribute("formatCode")?.Value ?? "");
        var cells = Named(styles, "cellXfs").Elements()
            .Select(x => Id(x, "numFmtId"))
            .Select(id => custom.Contains(id) ? Of(custom[id].First()) : BuiltIn(id))
            .ToList();
        return new CellFormats(cells, isFrom1904 ? 1462 : 0);
    }

    /// <summary>A number as the sheet shows it: <c>dd/MM/yyyy</c>, <c>HH:mm</c>, both, or the number itself.</summary>
    public string Show(string value, int style)
    {
        if (_known.TryGetValue((value, style), out var known))
        {
            return known;
        }

        var shown = Work(value, style);
        if (_known.Count < MostKnown)
        {
            _known.Add((value, style), shown);
        }

        return shown;
    }

    private string Work(string value, int style)
    {
        if (!decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return value;
        }

        var (date, time) = style < _styles.Count ? _styles[style] : default;
        if ((!date && !time) || number < 0 || number > 2_958_465)
        {
            return number.ToString("0.###############", CultureInfo.InvariantCulture);
        }

        if (!date)
        {
            return number == 1 ? "24:00" : Instant(number - decimal.Floor(number)).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        }

        var instant = Instant(number + _firstDay);
        return instant.ToString(time ? "dd/MM/yyyy HH:mm:ss" : "dd/MM/yyyy", CultureInfo.InvariantCulture);
    }

    private static DateTime Instant(decimal days) => new DateTime(1899, 12, 30).AddSeconds((double)Math.Round(days * 86_400));

    private static IEnumerable<XElement> Named(XDocument? document, string name) =>
        document?.Descendants().Where(e => e.Name.LocalName == name) ?? [];

    private static int Id(XElement element, string name) =>
        int.TryParse(element.Attribute(name)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0;

    // ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 are dates of East Asian spreadsheets.
    private static (bool Date, bool Time) BuiltIn(int id) => id switch
    {
        >= 14 and <= 17 or (>= 27 and <= 31) or 36 or (>= 50 and <= 58) => (true, false),
        >= 18 and <= 21 or (>= 32 and <= 35) or (>= 45 and <= 47) => (false, true),
        22 => (true, true),
        _ => default,
    };

    private static (bool Date, bool Time) Of(string code)
    {
        var bare = Literal().Replace(code.Split(';')[0], "").ToLowerInvariant();
        var time = bare.Contains('h', StringComparison.Ordinal) || bare.Contains('s', StringComparison.Ordinal);
        var date = bare.Contains('y', StringComparison.Ordinal) || bare.Contains('d', StringComparison.Ordinal)
            || (!time && bare.Contains('m', StringComparison.Ordinal));
        return (date, time);
    }

    // Texts in quotes, escaped signs, colours, languages; [h] alone is hours beyond a day.
    [GeneratedRegex("\"[^\"]*\"|\\\\.|_.|\\*.|\\[(?!h+\\]|m+\\]|s+\\])[^\\]]*\\]|general|standard", RegexOptions.IgnoreCase)]
    private static partial Regex Literal();
}
