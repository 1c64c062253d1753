using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Accounts;

/// <summary>
/// What a person types to say who they are: an e-mail address or a reference, whatever its
/// case. Kept only as a hash, because keys appear in addresses and logs.
/// </summary>
public readonly record struct LoginName
{
    private const int MaxLength = 254;

    private readonly string? _key;

    private LoginName(string key) => _key = key;

    /// <summary>SHA-256 of the login in its one form, lower-case hexadecimal.</summary>
    public string Key => _key ?? throw new InvalidOperationException("A LoginName is made by Of or TryParse.");

    public static LoginName Of(EmailAddress email) => Parse(email.Value);

    public static LoginName Of(Reference reference) => Parse(reference.Value);

    /// <summary>Reads back <see cref="Key"/>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static LoginName OfKey(string key) => key.Length == 64 && key.All(char.IsAsciiHexDigitLower)
        ? new LoginName(key)
        : throw new FormatException("The key of a login is a SHA-256, in lower-case hexadecimal.");

    public static bool TryParse([NotNullWhen(true)] string? text, out LoginName login)
    {
        var plain = PlainText.Within(Reference.Straight(text), MaxLength);
        login = plain is null ? default : new LoginName(Hash(plain.ToLowerInvariant()));
        return plain is not null;
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static LoginName Parse(string text) =>
        TryParse(text, out var login) ? login : throw new FormatException($"A login has 1 to {MaxLength} characters.");
}
