using System.Security.Cryptography;
using System.Text.Json;

namespace Emargement.LocalHost.Demo;

/// <summary>Who can sign in to the demonstration: drawn once for a checkout and kept beside its data.</summary>
/// <param name="Passwords">By login.</param>
/// <param name="Token">The address that an authenticator app takes (<c>otpauth://</c>) of
/// the learner who signs with a token; null until it is made.</param>
/// <param name="Authenticator">The secret of the manager's authenticator app, for the second step; null until it is set up.</param>
internal sealed record DemoIdentities(IReadOnlyDictionary<string, string> Passwords, string? Token, string? Authenticator = null)
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static DemoIdentities Draw(IEnumerable<string> logins) => new(logins.ToDictionary(l => l, _ => Password()), null);

    /// <summary>Null when this checkout has none yet.</summary>
    public static DemoIdentities? Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<DemoIdentities>(File.ReadAllText(file)) : null;

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Options));

    // Four groups of four characters that nobody confuses: 78 bits.
    private static string Password() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString("23456789abcdefghjkmnpqrstvwxyz", 4)));
}
