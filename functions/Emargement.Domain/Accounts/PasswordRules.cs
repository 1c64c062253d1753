using System.Globalization;
using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Accounts;

/// <summary>What a password must be: long, and not what anyone would try first. No rule on kinds of characters (CNIL
/// deliberation 2022-100 lets length stand alone with a lock-out; NIST SP 800-63B says the same).</summary>
public static class PasswordRules
{
    public const int MinLength = 12;
    public const int MaxLength = 128;

    // Letters and digits that must remain once names and logins are taken out.
    private const int MinOwn = 8;

    private const int MinDifferent = 4;
    private const int ShortestRun = 3;
    private const int MostAround = 4;

    // What French learners would try first, and the lists of leaks hardly hold: at least six letters, compared as IsCommon does.
    private static readonly string[] CommonHere =
    [
        "motdepasse", "monmotdepasse", "azertyuiop", "azertyuiopqsdfghjklm", "azerty", "azertyazerty", "aqwzsxedcrfv", "azeqsdwxc",
        "loulou", "doudou", "bonjour", "jetaime", "soleil", "marseille", "bienvenue", "changezmoi", "administrateur", "formation",
        "stagiaire", "formateur", "emargement", "apprenti", "centredeformation", "organisme", "presence", "signature", "123soleil",
        "abcdef", "abc123", "123abc", "qwerty", "nicolas", "chocolat", "camille", "vacances", "toulouse", "montpellier", "occitanie",
        "qsdfghjklm", "wxcvbn", "poiuytreza", "mlkjhgfdsq", "nbvcxw", "aqwzsxedc", "azertyqwerty", "passw0rd", "secret", "coucou", "bisous",
        "janvier", "fevrier", "septembre", "octobre", "novembre", "decembre", "printemps", "automne", "rentree", "instagram", "snapchat",
        "mamanpapa", "papamaman", "parissaintgermain", "olympiquedemarseille", "correcthorsebatterystaple",
    ];

    /// <param name="personal">Names and logins of the person, which the password must not be made of.</param>
    /// <returns>Null when it will do, else <c>password-too-short</c>, <c>-too-long</c>,
    /// <c>-too-personal</c> or <c>-too-common</c>.</returns>
    public static Refusal? Check(string password, IEnumerable<string> personal)
    {
        if (password.EnumerateRunes().Count() < MinLength)
        {
            return Refusal.BadInput("password-too-short", ("min", MinLength.ToString(CultureInfo.InvariantCulture)));
        }

        if (password.Length > MaxLength)
        {
            return Refusal.BadInput("password-too-long", ("max", MaxLength.ToString(CultureInfo.InvariantCulture)));
        }

        var bare = Bare(password);
        var words = personal.SelectMany(Parts).Select(Bare).Where(w => w.Length >= 3).Distinct().OrderByDescending(w => w.Length);
        var own = words.Aggregate(bare, (rest, word) => rest.Replace(word, "", StringComparison.Ordinal));
        if (own != bare && own.Length < MinOwn)
        {
            return Refusal.BadInput("password-too-personal");
        }

        return IsCommon(password, bare) ? Refusal.BadInput("password-too-common") : null;
    }

    private static bool IsCommon(string password, string bare)
    {
        var guessed = WithoutRuns(password);
        return password.Normalize().EnumerateRunes().Select(Rune.ToLowerInvariant).Distinct().Count() < MinDifferent
            || (guessed != password && guessed.Length < MinOwn)
            || IsCommon(bare)
            || IsCommon(Bare(guessed));
    }

    // A common word with up to four characters around it (a year, a few digits) is as common as the word, and so is a word said twice.
    private static bool IsCommon(string bare) =>
        CommonHere.Any(c => bare.Contains(c, StringComparison.Ordinal) && bare.Length - c.Length <= MostAround)
        || Cores(bare).Any(core => CommonPasswords.Contains(core) || IsCommonSaidAgain(core));

    private static bool IsCommonSaidAgain(string core) =>
        core.Length >= MinOwn && SaidAgain(core) is { } word && (word.Length < MinOwn || IsCommon(word));

    // The shortest part that makes the whole when it is repeated; null when none does.
    private static string? SaidAgain(string text) => Enumerable.Range(1, text.Length / 2)
        .Where(length => text.Length % length == 0)
        .Select(length => text[..length])
        .FirstOrDefault(part => text.Replace(part, "", StringComparison.Ordinal).Length == 0);

    // Digits that count up or down (1234, 987), and a character again and again (000, !!!), add nothing that has to be guessed.
    private static string WithoutRuns(string password)
    {
        var kept = new StringBuilder();
        for (var first = 0; first < password.Length;)
        {
            var end = EndOfRun(password, first);
            if (end - first < ShortestRun)
            {
                kept.Append(password[first]);
                end = first + 1;
            }

            first = end;
        }

        return kept.ToString();
    }

    private static int EndOfRun(string text, int first)
    {
        var end = first + 1;
        while (end < text.Length && Step(text[end - 1], text[end]) is { } step && step == Step(text[first], text[first + 1]))
        {
            end++;
        }

        return end;
    }

    private static int? Step(char one, char next) => one == next ? 0
        : !char.IsAsciiDigit(one) || !char.IsAsciiDigit(next) ? null
        : ((next - one + 10) % 10) switch { 1 => 1, 9 => -1, _ => null };

    private static IEnumerable<string> Cores(string bare) =>
        from before in Enumerable.Range(0, MostAround + 1)
        from after in Enumerable.Range(0, MostAround + 1 - before)
        where before + after < bare.Length
        select bare[before..^after];

    private static IEnumerable<string> Parts(string text) =>
        text.Split([' ', '@', '.', '-', '_', '\'', '+'], StringSplitOptions.RemoveEmptyEntries).Append(text);

    private static string Bare(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => char.IsLetterOrDigit(c)).Select(char.ToLowerInvariant));
}
