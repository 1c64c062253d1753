using System.Globalization;
using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Region;

/// <summary>
/// Learners of a training as words to recognise. A reason is free text: « parti avec … » would carry to the Région the name of someone whom
/// it does not pay.
/// Better to hide a reason too many than to show a name.
/// </summary>
internal sealed class OtherPeople
{
    private readonly Dictionary<string, List<(Reference Ref, string[] Words)>> _byFirstWord = new(StringComparer.Ordinal);

    public void Add(Reference reference, string? lastName)
    {
        Index(reference, Words(reference.Value));
        Index(reference, Words(lastName ?? ""));
    }

    /// <summary>Whether the text holds the last name or reference of anyone but the learner it is about, or an e-mail address.</summary>
    /// <param name="about">Null when it is about no learner: then nobody may be named.</param>
    public bool AreNamedIn(string text, FundedLearner? about)
    {
        if (text.Contains('@', StringComparison.Ordinal))
        {
            return true;
        }

        var words = Words(text);
        var own = Words(about?.Learner?.LastName ?? "");
        for (var i = 0; i < words.Length; i++)
        {
            if (_byFirstWord.TryGetValue(words[i], out var candidates)
                && candidates.Any(c => c.Ref != about?.Ref && !c.Words.SequenceEqual(own) && words.AsSpan(i).StartsWith(c.Words)))
            {
                return true;
            }
        }

        return false;
    }

    private void Index(Reference reference, string[] words)
    {
        if (words.Length == 0)
        {
            return;
        }

        if (!_byFirstWord.TryGetValue(words[0], out var candidates))
        {
            _byFirstWord[words[0]] = candidates = [];
        }

        candidates.Add((reference, words));
    }

    // Without case or accents, cut at everything that is neither letter nor digit.
    private static string[] Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            {
                continue;
            }

            plain.Append(char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ');
        }

        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
