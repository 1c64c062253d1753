namespace Emargement.Domain.People;

/// <summary>Numbers under which the administration knows a training organisation.</summary>
public static class BusinessNumbers
{
    private const string LaPoste = "356000000";

    /// <summary>Numéro de déclaration d'activité: 11 digits (Code du travail L.6351-1).</summary>
    public static bool IsNda(string? text) => text is { Length: 11 } && text.All(char.IsAsciiDigit);

    /// <summary>
    /// SIRET: 14 digits that satisfy Luhn's formula, or for La Poste's establishments a sum of digits that 5 divides (INSEE).
    /// </summary>
    public static bool IsSiret(string? text) =>
        text is { Length: 14 } && text.All(char.IsAsciiDigit)
            && (Luhn(text) || (text.StartsWith(LaPoste, StringComparison.Ordinal) && text.Sum(c => c - '0') % 5 == 0));

    private static bool Luhn(string digits)
    {
        // From the right, every second digit counts double; the digits of the double are added.
        var sum = digits.Reverse().Select((c, i) => (c - '0') * (i % 2 == 1 ? 2 : 1)).Sum(d => d > 9 ? d - 9 : d);
        return sum % 10 == 0;
    }
}
