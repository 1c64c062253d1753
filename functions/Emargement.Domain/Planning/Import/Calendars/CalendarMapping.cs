using System.Text.RegularExpressions;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import.Calendars;

/// <summary>What a calendar may refer to.</summary>
/// <param name="Zone">Of times that name none.</param>
/// <param name="Rules">In the organisation's order.</param>
public sealed record CalendarContext(
    Platform.Calendar.SiteZone Zone,
    IReadOnlyList<CalendarRule> Rules,
    KnownGroups Groups,
    KnownTrainers Trainers,
    Func<Reference, People.Training?> Training);

/// <summary>Finds the training and the groups of an event: by the organisation's rules, else by a group that it names and that one training
/// alone has.</summary>
public sealed partial class CalendarMapping(CalendarContext context)
{
    /// <returns>The training and the groups in one text; null when none is meant, or several trainings are.</returns>
    public (Reference Training, string Groups)? Find(PlannedEvent e) => ByRule(e) ?? ByName(e);

    /// <summary>Everybody whom the event names as a trainer; null when it names nobody.</summary>
    public string? Trainers(PlannedEvent e)
    {
        if (e.Fields.Trainer is { } named)
        {
            return named;
        }

        var known = e.Fields.Lines.Where(line => context.Trainers.ByName(line) is not null).ToList();
        return known.Count == 0 ? null : string.Join(", ", known);
    }

    // The first rule that fits gives the training; every other one of that training adds its group.
    private (Reference Training, string Groups)? ByRule(PlannedEvent e)
    {
        var fitting = context.Rules.Where(r => r.Fits(e.Words)).ToList();
        if (fitting.Count == 0)
        {
            return null;
        }

        var training = fitting[0].Training;
        return (training, Joined(fitting.Where(r => r.Training == training).Select(r => r.Group.Value)));
    }

    private (Reference Training, string Groups)? ByName(PlannedEvent e)
    {
        var fields = e.Fields;
        string[] named = fields.Groups is { } groups
            ? [groups, .. Separators().Split(groups)]
            : [.. fields.Lines, .. Separators().Split(e.CalendarName), .. e.CalendarName.Split(" - ")];
        var found = named.SelectMany(n => context.Groups.Named(PlainText.Of(n.Trim(' ', '<', '>', '[', ']')))).Distinct().ToList();
        if (fields.Training is { } text && Reference.TryParse(text, out var written) && found.Exists(f => f.Training == written))
        {
            found.RemoveAll(f => f.Training != written);
        }

        return found.Count > 0 && found.TrueForAll(f => f.Training == found[0].Training)
            ? (found[0].Training, Joined(found.Select(f => f.Group)))
            : null;
    }

    private static string Joined(IEnumerable<string> groups) => string.Join(", ", groups.Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex(@"\s*[,;/|+&]\s*")]
    private static partial Regex Separators();
}
