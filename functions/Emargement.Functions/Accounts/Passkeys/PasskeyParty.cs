using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text.Json;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Http;
using Fido2NetLib;
using Microsoft.AspNetCore.Http;

namespace Emargement.Functions.Accounts.Passkeys;

/// <summary>
/// This app as passkeys know it (WebAuthn's relying party): by the host of its public address, and its pages at that address alone. A
/// passkey is made for that host and opens no other: when the host changes, every passkey is lost.
/// </summary>
public sealed class PasskeyParty(PublicAddress address)
{
    private const string Title = "Émargement";

    public Fido2 Of(HttpRequest request)
    {
        var origin = address.Of(request);
        return new Fido2(new Fido2Configuration
        {
            RPID = new Uri(origin).Host,
            RPName = Title,
            Origins = new HashSet<string> { origin },
        });
    }

    /// <summary>Judges what a browser sent: whatever is wrong with it is one refusal.</summary>
    /// <param name="credential">As <c>PublicKeyCredential.toJSON</c> writes it.</param>
    public static async Task<Result<TOut>> JudgeAsync<TCredential, TOut>(string credential, Func<TCredential, Task<TOut>> verify)
        where TCredential : class
    {
        try
        {
            return JsonSerializer.Deserialize<TCredential>(credential) is { } given ? await verify(given) : Refused();
        }
        catch (Exception wrong) when (wrong is Fido2VerificationException or JsonException or CborContentException or FormatException
            or ArgumentException or CryptographicException or InvalidOperationException or NullReferenceException)
        {
            return Refused();
        }
    }

    public static Refusal Refused() => Refusal.Of("passkey-refused", RefusalKind.NotSignedIn);
}
