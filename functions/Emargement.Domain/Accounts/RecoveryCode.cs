using System.Diagnostics.CodeAnalysis;

namespace Emargement.Domain.Accounts;

/// <summary>
/// The code on a slip of paper with which its holder chooses a new password: 12 characters that are not mistaken for one another. They
/// are 58 bits, fewer than nobody could try, so that only a slow hash of it is kept (OWASP ASVS 5.0, 6.5.2).
/// </summary>
public readonly record struct RecoveryCode
{
    /// <summary>From printing: long enough to find somebody who was away.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private const int Length = 12;
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly string? _value;

    private RecoveryCode(string value) => _value = value;

    public static int AlphabetSize => Alphabet.Length;

    public static int Size => Length;

    /// <summary>Without its spaces, as it is hashed.</summary>
    public string Value => _value ?? throw new InvalidOperationException("A RecoveryCode is made by From or TryParse.");

    /// <param name="random">12 values below 30, drawn by the caller.</param>
    public static RecoveryCode From(IReadOnlyList<int> random) => new(string.Concat(random.Take(Length).Select(value => Alphabet[value])));

    /// <summary>Case, spaces and dashes do not matter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out RecoveryCode code)
    {
        var value = text is { Length: <= 40 }
            ? string.Concat(text.ToUpperInvariant().Where(letter => letter != '-' && !char.IsWhiteSpace(letter)))
            : "";
        var ok = value.Length == Length && value.All(letter => Alphabet.Contains(letter));
        code = ok ? new RecoveryCode(value) : default;
        return ok;
    }

    /// <summary>As it is printed: 7K4M Q2TX 9RWB.</summary>
    public override string ToString() => $"{Value[..4]} {Value[4..8]} {Value[8..]}";
}
