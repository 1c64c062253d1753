using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;

namespace Emargement.Domain.Planning.Hand;

/// <summary>The reference of a Session that a person created: <c>M-</c> and eight characters that follow from what it is, so that the same
/// request again names the same Session.</summary>
public static class ManualReference
{
    /// <summary>The source of Sessions that no file touches.</summary>
    public const string Source = "manual";

    // No letter that is read as a digit, and no vowel, so that no word comes out.
    private const string Alphabet = "23456789BCDFGHJKLMNPQRSTVWXZ";

    public static Reference Of(params ReadOnlySpan<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return Reference.Parse("M-" + string.Concat(hash.Take(8).Select(b => Alphabet[b % Alphabet.Length])));
    }
}
