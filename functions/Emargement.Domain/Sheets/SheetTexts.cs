using System.Globalization;
using Emargement.Domain.Sealing;

namespace Emargement.Domain.Sheets;

/// <summary>The words of the sheet. French only: it is a French legal document, whatever language the learner signs in.</summary>
public static class SheetTexts
{
    private static readonly CultureInfo French = CultureInfo.GetCultureInfo("fr-FR");

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
            yield return $"Retard de {DocumentTexts.Duration(line.LateMinutes)}";
        }

        if (line.LeftEarlyMinutes > 0)
        {
            yield return line.LateMinutes > 0
                ? $"départ {DocumentTexts.Duration(line.LeftEarlyMinutes)} avant la fin"
                : $"Départ {DocumentTexts.Duration(line.LeftEarlyMinutes)} avant la fin";
        }

        if (line.LateMinutes <= 0 && line.LeftEarlyMinutes <= 0)
        {
            yield return "Présence";
        }
    }

    private static string Plural(int count, string one, string? several = null) =>
        $"{count.ToString(French)} {(count > 1 ? several ?? one + "s" : one)}";
}
