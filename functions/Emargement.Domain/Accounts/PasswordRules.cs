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

    // Of at least 12 characters, or shorter ones that people lengthen with digits;
    // compared without accents, case and anything but letters and digits.
    private static readonly string[] Common =
    [
        "motdepasse", "monmotdepasse", "password", "passw0rd", "azertyuiop", "azertyuiopqsdfghjklm",
        "qwertyuiop", "qwertzuiop", "azerty", "qwerty", "1q2w3e4r5t6y",
        "123456789012", "1234567890", "0123456789", "123456789", "987654321098",
        "987654321", "aqwzsxedcrfv", "azeqsdwxc", "loulou", "doudou", "bonjour", "jetaime", "soleil",
        "iloveyou", "marseille", "welcome", "bienvenue", "changeme", "changezmoi", "administrateur",
        "administrator", "formation", "stagiaire", "formateur", "emargement",
        "letmein", "abcdefghijkl", "abcdefghij", "abcdef", "qwerty123", "azerty123",
        "abc123", "123abc", "nicolas", "motdepasse123", "password123",
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

        return IsCommon(bare) ? Refusal.BadInput("password-too-common") : null;
    }

    // A common word with up to four characters around it (a year, a few digits) is as common as the word.
    private static bool IsCommon(string bare) =>
        bare.Distinct().Count() < 4 || Common.Any(c => bare.Contains(c, StringComparison.Ordinal) && bare.Length - c.Length <= 4);

    private static IEnumerable<string> Parts(string text) =>
        text.Split([' ', '@', '.', '-', '_', '\'', '+'], StringSplitOptions.RemoveEmptyEntries).Append(text);

    private static string Bare(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormD).Where(c => char.IsLetterOrDigit(c)).Select(char.ToLowerInvariant));
}
