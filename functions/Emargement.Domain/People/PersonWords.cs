using System.Globalization;
using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Domain.People;

/// <summary>
/// The words by which a person is found: of the name, the reference and the e-mail before its « @ », without case and accents. The part
/// behind the « @ » is shared by too many.
/// </summary>
public static class PersonWords
{
    /// <summary>Characters of a query at least.</summary>
    public const int MinQuery = 2;

    private const int MaxWord = 60;
    private const int MaxWords = 8;

    /// <summary>Every word under which a person is found, each once.</summary>
    public static IReadOnlyList<string> Of(string lastName, string firstName, Reference reference, EmailAddress? email) =>
        [.. Words($"{lastName} {firstName} {reference.Value} {Local(email?.Value ?? "")}").Distinct()];

    /// <summary>The starts of words that a query asks for, the most telling first; null when it is too short to ask for any.</summary>
    public static IReadOnlyList<string>? OfQuery(string? query)
    {
        var words = Words(Local(query ?? "")).Distinct().Take(MaxWords).OrderByDescending(w => w.Length).ToList();
        return words.Count > 0 && words[0].Length >= MinQuery ? words : null;
    }

    /// <summary>Whether each start of a query begins some word of a person.</summary>
    public static bool Match(IReadOnlyCollection<string> words, IEnumerable<string> starts) =>
        starts.All(start => words.Any(word => word.StartsWith(start, StringComparison.Ordinal)));

    /// <summary>
    /// Whether two names may be one person's: the same words in any order, spaces and dashes aside, but for one letter at most.
    /// </summary>
    public static bool AreNear(string one, string other)
    {
        var (a, b) = (Sorted(one), Sorted(other));
        return a == b || Joined(one) == Joined(other) || Distance(a, b) <= 1;
    }

    internal static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormD).Append(' '))
        {
            if (char.IsLetterOrDigit(c))
            {
                word.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && word.Length > 0)
            {
                yield return word.ToString(0, Math.Min(word.Length, MaxWord));
                word.Clear();
            }
        }
    }

    private static string Local(string email) => string.Join(' ', email.Split(' ').Select(part => part.Split('@')[0]));

    private static string Sorted(string name) => string.Concat(Words(name).Order(StringComparer.Ordinal));

    private static string Joined(string name) => string.Concat(Words(name));

    // Letters that were added, left out or mistaken for another (Levenshtein).
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1)
        {
            return 2;
        }

        var before = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var now = new int[b.Length + 1];
            now[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                now[j] = Math.Min(Math.Min(before[j], now[j - 1]) + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            before = now;
        }

        return before[b.Length];
    }
}
