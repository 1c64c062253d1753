using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Import.Calendars;

/// <summary>A calendar names no training and no group of ours: an organisation says which words of an event mean which.</summary>
/// <param name="Words">All of them must stand in the event or in its calendar's name, as whole words, without regard to case and
/// accents.</param>
/// <param name="Training">The training that it belongs to.</param>
/// <param name="Group">The group that attends.</param>
public sealed record CalendarRule(IReadOnlyList<string> Words, Reference Training, Reference Group)
{
    public const int MaxRules = 1_000;
    public const int MaxWords = 10;
    public const int MaxWordsLength = 100;

    private readonly IReadOnlyList<string> _wanted = [.. Words.Select(CalendarWords.Of)];

    /// <param name="words">Of an event, in the form of <see cref="CalendarWords"/>.</param>
    public bool Fits(string words) => _wanted.All(w => words.Contains(w, StringComparison.Ordinal));

    /// <returns>Null when all is well, else <c>calendar-rule-invalid</c> with the number of the rule at fault, the first being 1, or
    /// <c>calendar-rules-too-many</c>.</returns>
    public static Refusal? Check(IReadOnlyList<CalendarRule> rules)
    {
        if (rules.Count > MaxRules)
        {
            return Refusal.BadInput("calendar-rules-too-many", ("limit", Number(MaxRules)));
        }

        foreach (var (index, rule) in rules.Index())
        {
            if (rule.Words.Count is 0 or > MaxWords || rule.Words.Any(w => w.Length > MaxWordsLength || CalendarWords.Of(w).Length < 2))
            {
                return Refusal.BadInput("calendar-rule-invalid", ("rule", Number(index + 1)));
            }
        }

        return null;
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
