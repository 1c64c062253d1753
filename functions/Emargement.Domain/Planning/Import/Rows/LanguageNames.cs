namespace Emargement.Domain.Planning.Import.Rows;

/// <summary>The column <c>langue</c> of a learner: a code as software writes it, or the French name of a language that the learner's app
/// speaks.</summary>
public static class LanguageNames
{
    private static readonly Dictionary<string, string> French = new()
    {
        ["allemand"] = "de",
        ["anglais"] = "en",
        ["espagnol"] = "es",
        ["francais"] = "fr",
        ["italien"] = "it",
        ["portugais"] = "pt",
    };

    /// <summary>Two letters, lower case, of <c>de</c>, <c>DE</c>, <c>pt-PT</c>, <c>pt_BR</c> or <c>Allemand</c>. Any code is kept, even
    /// of a language that no page speaks: French stands in for it.</summary>
    public static bool TryParse(string text, out string language)
    {
        var code = text.Trim();
        language = code.Length >= 2 && code[..2].All(char.IsAsciiLetter) && (code.Length == 2 || code[2] is '-' or '_')
            ? code[..2].ToLowerInvariant()
            : French.GetValueOrDefault(ImportColumns.Normalise(code), "");
        return language.Length > 0;
    }
}
