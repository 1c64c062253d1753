using System.Diagnostics.CodeAnalysis;

namespace Emargement.Domain.Sealing;

/// <summary>
/// The code of one sheet version: 12 characters that are not mistaken for one another (59 bits, not to be guessed), printed in groups of
/// four.
/// </summary>
public readonly record struct VerificationCode
{
    private const int Length = 12;
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly string? _value;

    private VerificationCode(string value) => _value = value;

    /// <summary>Without its dashes, as in addresses and keys.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A VerificationCode is made by From or TryParse.");

    /// <param name="random">12 values below 30, drawn by the caller.</param>
    public static VerificationCode From(IReadOnlyList<int> random) =>
        new(string.Concat(random.Take(Length).Select(value => Alphabet[value])));

    public static int AlphabetSize => Alphabet.Length;

    public static int Size => Length;

    /// <summary>Case, spaces and dashes do not matter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out VerificationCode code)
    {
        var value = text is { Length: <= 40 } ? string.Concat(text.ToUpperInvariant().Where(letter => letter is not (' ' or '-'))) : "";
        var ok = value.Length == Length && value.All(letter => Alphabet.Contains(letter));
        code = ok ? new VerificationCode(value) : default;
        return ok;
    }

    /// <summary>7K4M-Q2TX-9RWB.</summary>
    public override string ToString() => $"{Value[..4]}-{Value[4..8]}-{Value[8..]}";
}
