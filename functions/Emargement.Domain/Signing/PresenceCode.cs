using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Domain.Platform.Codes;
using Emargement.Domain.Sessions;

namespace Emargement.Domain.Signing;

/// <summary>What checking a rotating code found.</summary>
public enum CodeCheck
{
    /// <summary>Shown now or one step ago.</summary>
    Valid,

    /// <summary>Truly shown by this Session, but too long ago.</summary>
    Stale,

    /// <summary>Never shown by this Session up to now: altered, of another Session, or of the future.</summary>
    Wrong,
}

/// <summary>The rotating codes that an open Session shows, derived from its 256-bit key and the server's time. The trainer's page derives
/// the same ones (<c>presence-codes.json</c> in the tests holds vectors for both), so that any number of screens agree and nothing is
/// polled.</summary>
/// <remarks>The current and the previous step are accepted, never the next: a scan sent ten seconds late always passes, and no clock but
/// the server's counts.</remarks>
public static class PresenceCode
{
    /// <summary>Seconds that a QR code is shown.</summary>
    public const int QrSeconds = 15;

    /// <summary>Seconds that a typed code is shown.</summary>
    public const int TypedSeconds = 60;

    /// <summary>Characters of a typed code.</summary>
    public const int TypedLength = 8;

    /// <summary>Bytes of a Session's key.</summary>
    public const int KeyLength = 32;

    /// <summary>Digits and capital letters without 0, 1, I, L, O and U, which are misread or mistyped.</summary>
    private const string TypedAlphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private const string Base36 = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Bytes of the authentication code that a QR code carries.</summary>
    private const int QrMacLength = 16;

    /// <summary>How many past typed codes are recognised as stale rather than wrong: ten minutes of them.</summary>
    private const int StaleTypedSteps = 10;

    /// <summary>The last part of a QR code's address: the step in base 36, a dot, and 16 bytes of HMAC-SHA256 in base64url.</summary>
    public static string Qr(ReadOnlySpan<byte> key, OrganisationId organisation, SessionId session, long step)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Mac(key, "qr", organisation, session, step, mac);
        return $"{ToBase36(step)}.{Base64Url.EncodeToString(mac[..QrMacLength])}";
    }

    /// <summary>The typed code, 8 characters without the space that screens put in the middle.</summary>
    public static string Typed(ReadOnlySpan<byte> key, OrganisationId organisation, SessionId session, long step)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Mac(key, "code", organisation, session, step, mac);
        var value = BinaryPrimitives.ReadUInt64BigEndian(mac);
        Span<char> code = stackalloc char[TypedLength];
        for (var i = TypedLength - 1; i >= 0; i--)
        {
            code[i] = TypedAlphabet[(int)(value % (ulong)TypedAlphabet.Length)];
            value /= (ulong)TypedAlphabet.Length;
        }

        return new string(code);
    }

    public static long QrStep(DateTimeOffset now) => now.ToUnixTimeSeconds() / QrSeconds;

    public static long TypedStep(DateTimeOffset now) => now.ToUnixTimeSeconds() / TypedSeconds;

    /// <summary>
    /// Checks what a scan brought. Only the one written form is accepted: the same step or bytes written otherwise are wrong.
    /// </summary>
    public static CodeCheck CheckQr(
        ReadOnlySpan<byte> key, OrganisationId organisation, SessionId session, string? scanned, DateTimeOffset now)
    {
        if (scanned is not { Length: <= 64 }
            || !TryParseBase36(scanned.AsSpan(0, Math.Max(scanned.IndexOf('.', StringComparison.Ordinal), 0)), out var step))
        {
            return CodeCheck.Wrong;
        }

        var current = QrStep(now);
        return step > current || !SameText(Qr(key, organisation, session, step), scanned) ? CodeCheck.Wrong
            : step >= current - 1 ? CodeCheck.Valid
            : CodeCheck.Stale;
    }

    /// <summary>Checks what was typed; case, script of the digits, spaces and dashes do not count.</summary>
    public static CodeCheck CheckTyped(
        ReadOnlySpan<byte> key, OrganisationId organisation, SessionId session, string? typed, DateTimeOffset now)
    {
        if (Normalise(typed) is not { } code)
        {
            return CodeCheck.Wrong;
        }

        var current = TypedStep(now);
        for (var age = 0; age <= StaleTypedSteps; age++)
        {
            if (SameText(Typed(key, organisation, session, current - age), code))
            {
                return age <= 1 ? CodeCheck.Valid : CodeCheck.Stale;
            }
        }

        return CodeCheck.Wrong;
    }

    private static string? Normalise(string? typed) =>
        TypedCode.Of(typed) is { Length: TypedLength } code && code.All(c => TypedAlphabet.Contains(c, StringComparison.Ordinal))
            ? code
            : null;

    private static void Mac(
        ReadOnlySpan<byte> key, string purpose, OrganisationId organisation, SessionId session, long step, Span<byte> mac)
    {
        if (key.Length != KeyLength)
        {
            // An empty key would let anyone compute codes: a Session that never opened has none.
            throw new ArgumentException($"A Session's key has {KeyLength} bytes.", nameof(key));
        }

        HMACSHA256.HashData(
            key,
            Encoding.UTF8.GetBytes(
                string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{purpose}\n{organisation}\n{session}\n{step}")),
            mac);
    }

    private static bool SameText(string expected, string given) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given));

    private static string ToBase36(long value)
    {
        Span<char> digits = stackalloc char[13];
        var at = digits.Length;
        do
        {
            digits[--at] = Base36[(int)(value % 36)];
            value /= 36;
        }
        while (value > 0);
        return new string(digits[at..]);
    }

    private static bool TryParseBase36(ReadOnlySpan<char> text, out long value)
    {
        value = 0;
        if (text.Length is 0 or > 10)
        {
            return false;
        }

        foreach (var c in text)
        {
            var digit = Base36.IndexOf(c, StringComparison.Ordinal);
            if (digit < 0)
            {
                return false;
            }

            value = (value * 36) + digit;
        }

        return true;
    }
}
