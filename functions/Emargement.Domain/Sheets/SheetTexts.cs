using System.Globalization;

namespace Emargement.Domain.Sheets;

/// <summary>The words of the sheet. French only: it is a French legal document, whatever language the learner signs in.</summary>
public static class SheetTexts
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

    /// <summary>« lundi 23 novembre 2026 ».</summary>
    public static string Day(DateOnly date) => date.ToString(date.Day == 1 ? "dddd 1'er' MMMM yyyy" : "dddd d MMMM yyyy", French);

    /// <summary>« 9 h 05 ».</summary>
    public static string Hour(TimeOnly time) => string.Create(French, $"{time.Hour} h {time.Minute:D2}");

    /// <summary>« 9 h 05 min 12 s »: signatures are told apart to the second.</summary>
    public static string Second(DateTimeOffset at) => string.Create(French, $"{at.Hour} h {at.Minute:D2} min {at.Second:D2} s");

    /// <summary>« 23/11/2026 à 9 h 05 ».</summary>
    public static string DayAndHour(DateTimeOffset at) =>
        at.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) + " à " + Hour(TimeOnly.FromTimeSpan(at.TimeOfDay));

    /// <summary>« 3 h 30 », « 45 min », « 2 h ».</summary>
    public static string Duration(int minutes) => (minutes / 60, minutes % 60) switch
    {
        (0, var rest) => string.Create(French, $"{rest} min"),
        (var hours, 0) => string.Create(French, $"{hours} h"),
        var (hours, rest) => string.Create(French, $"{hours} h {rest:D2}"),
    };

    /// <summary>One line a statement: present, late, gone early, absent and why.</summary>
    public static string Presence(SheetLine line)
    {
        var said = line.Presence switch
        {
            SheetPresence.AbsentJustified => "Absence justifiée",
            SheetPresence.AbsentUnjustified => "Absence non justifiée",
            _ => string.Join(", ", Present(line)),
        };
        return string.IsNullOrWhiteSpace(line.Reason) ? said : said + " : " + line.Reason;
    }

    /// <summary>How many were there and how many were not, in a sentence.</summary>
    public static string Count(IReadOnlyList<SheetLine> lines)
    {
        var present = lines.Count(line => line.Presence == SheetPresence.Present);
        var late = lines.Count(line => line.Presence == SheetPresence.Present && line.LateMinutes > 0);
        var justified = lines.Count(line => line.Presence == SheetPresence.AbsentJustified);
        var unjustified = lines.Count(line => line.Presence == SheetPresence.AbsentUnjustified);
        return Plural(lines.Count, "inscrit") + " : " + Plural(present, "présence")
            + (late > 0 ? $" (dont {Plural(late, "retard")})" : "")
            + (justified > 0 ? ", " + Plural(justified, "absence justifiée", "absences justifiées") : "")
            + (unjustified > 0 ? ", " + Plural(unjustified, "absence non justifiée", "absences non justifiées") : "") + ".";
    }

    public static string HeadCount(int? counted) => counted switch
    {
        null => "L'effectif n'a pas été compté dans la salle.",
        { } count => $"Effectif compté par le formateur : {Plural(count, "personne")}.",
    };

    private static IEnumerable<string> Present(SheetLine line)
    {
        if (line.LateMinutes > 0)
        {
            yield return $"Retard de {Duration(line.LateMinutes)}";
        }

        if (line.LeftEarlyMinutes > 0)
        {
            yield return line.LateMinutes > 0 ? $"départ {Duration(line.LeftEarlyMinutes)} avant la fin" : $"Départ {Duration(line.LeftEarlyMinutes)} avant la fin";
        }

        if (line.LateMinutes <= 0 && line.LeftEarlyMinutes <= 0)
        {
            yield return "Présence";
        }
    }

    private static string Plural(int count, string one, string? several = null) =>
        $"{count.ToString(French)} {(count > 1 ? several ?? one + "s" : one)}";
}
