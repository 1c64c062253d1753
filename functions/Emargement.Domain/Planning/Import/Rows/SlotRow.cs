using System.Text.RegularExpressions;
using Emargement.Domain.Platform;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>The cells of a planning row as they are meant: who and when.</summary>
internal static partial class SlotRow
{
    private static readonly TimeSpan LongestSlot = TimeSpan.FromHours(12);

    /// <summary>Start and end. An end that is not after the start is on the next day, when that makes a slot that somebody could
    /// work.</summary>
    public static (TimeOnly Start, TimeOnly End) Times(ImportRow row)
    {
        var start = row.RequiredTime("debut");
        var end = row.RequiredEnd("fin");
        var length = end - start;
        if (end <= start && (length == TimeSpan.Zero || length > LongestSlot))
        {
            row.Refuse(ImportCode.EndBeforeStart, ImportSentences.EndBeforeStart("le créneau", row.Text("debut"), row.Text("fin")));
        }
        else if (length > LongestSlot)
        {
            row.Refuse(ImportCode.TooLong, ImportSentences.SlotTooLong(length.TotalHours));
        }

        return (start, end);
    }

    /// <summary>The row's own break; null when it gives none. One of the night may begin before midnight and end after it.</summary>
    public static (TimeOnly Start, TimeOnly End)? Break(ImportRow row, TimeOnly start)
    {
        if (row.Text("pause_debut").Length == 0 && row.Text("pause_fin").Length == 0)
        {
            return null;
        }

        var (from, to) = (row.RequiredTime("pause_debut"), row.RequiredTime("pause_fin"));
        if (row.Problem is null && (from == to || (to < from && to - start < from - start)))
        {
            row.Refuse(
                ImportCode.EndBeforeStart, ImportSentences.EndBeforeStart("la pause", row.Text("pause_debut"), row.Text("pause_fin")));
        }

        return (from, to);
    }

    public static Modality ReadModality(ImportRow row)
    {
        var text = row.Text("modalite");
        if (!ModalityNames.TryParse(text, out var modality))
        {
            row.Refuse(ImportCode.InvalidModality, ImportSentences.Modality(text));
        }

        return modality;
    }

    /// <summary>The groups of a cell, in order: one, or several that all exist.</summary>
    public static IReadOnlyList<string> Groups(ImportRow row, Reference training, KnownGroups groups)
    {
        var written = row.RequiredReference("groupe");
        var known = groups.Of(training);
        if (row.Problem is not null)
        {
            return [];
        }

        if (known.Find(written) is not null)
        {
            return [row.Named("groupe", written, known).Value];
        }

        var several = Parts(written.Value, part => known.Find(part) is not null).Select(Reference.Parse).ToList();
        var strangers = several.Where(g => known.Find(g) is null).ToList();
        if (strangers.Count > 0)
        {
            var named = strangers.Count < several.Count ? strangers[0] : written;
            row.Refuse(ImportCode.UnknownGroup, ImportSentences.UnknownGroup(named.Value, training.Value));
        }

        return [.. several.Select(g => row.Named("groupe", g, known).Value).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The trainers of a cell, the first being the trainer; and what names nobody, or null.</summary>
    public static (IReadOnlyList<Reference> Found, string? Stranger) Trainers(ImportRow row, KnownTrainers trainers)
    {
        var cell = row.Text("formateur_ref");
        if (cell.Length == 0)
        {
            return ([], null);
        }

        if (Trainer(row, cell, trainers) is { } one)
        {
            return ([one], null);
        }

        var parts = Parts(cell, part => trainers.References.Find(part) is not null);
        var found = parts.Select(p => Trainer(row, p, trainers)).ToList();
        return found.All(t => t is null)
            ? ([], cell)
            : ([.. found.OfType<Reference>().Distinct()], parts.Where((_, i) => found[i] is null).FirstOrDefault());
    }

    private static Reference? Trainer(ImportRow row, string text, KnownTrainers trainers)
    {
        if (Reference.TryParse(text, out var written) && trainers.References.Find(written) is not null)
        {
            return row.Named("formateur_ref", written, trainers.References);
        }

        if (trainers.ByName(text) is not { } found)
        {
            return null;
        }

        if (!row.Heading.IsOfCalendar)
        {
            row.Warn(ImportCode.TrainerByName, ImportSentences.TrainerByName(text, found.Value));
        }

        return found;
    }

    // A line end in a cell has become a space: it parts only what is known on both sides.
    private static string[] Parts(string cell, Func<Reference, bool> isKnown)
    {
        var parts = Separators().Split(cell).Where(p => p.Length > 0).ToArray();
        var words = cell.Split(' ');
        return parts.Length == 1 && words.Length > 1 && words.All(w => Reference.TryParse(w, out var part) && isKnown(part))
            ? words
            : parts;
    }

    [GeneratedRegex(@"\s*[,;/|+&]\s*|\s+et\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Separators();
}
