using System.Globalization;
using System.Security.Cryptography;
using Emargement.Domain.Signing;
using OtpNet;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>One-time codes by the open standards that any authenticator app or hardware fob knows: RFC 6238 (SHA-1, 6 digits, 30 s) for a
/// token, RFC 4226 (8 digits) for a printed card.</summary>
public static class TokenCodes
{
    public const int TimeDigits = 6;
    public const int CardDigits = 8;
    public const int StepSeconds = 30;

    /// <summary>A new secret of 160 bits, the length that RFC 4226 recommends.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    /// <summary>The time step of our own clock.</summary>
    public static long ClockStep(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The time step whose code this is, as near as can be to what the token's clock is known to show; null when it is none within
    /// the drift that a clock may have.</summary>
    /// <param name="drift">Steps by which that clock is ahead of ours.</param>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now, int drift = 0)
    {
        if (code.Length != TimeDigits)
        {
            return null;
        }

        var codes = new Hotp(secret, OtpHashMode.Sha1, TimeDigits);
        var clock = ClockStep(now);
        return Enumerable.Range(-TokenMemory.MostDrift - TokenMemory.Slack, (2 * (TokenMemory.MostDrift + TokenMemory.Slack)) + 1)
            .OrderBy(off => Math.Abs(off - drift))
            .Select(off => (long?)(clock + off))
            .FirstOrDefault(step => codes.ComputeHOTP(step!.Value) == code);
    }

    /// <summary>The place on the card of this code; null when it is not on it.</summary>
    public static int? CardIndexOf(byte[] secret, string code)
    {
        if (code.Length != CardDigits)
        {
            return null;
        }

        var card = CardOf(secret);
        for (var i = 0; i < card.Count; i++)
        {
            if (card[i] == code)
            {
                return i;
            }
        }

        return null;
    }

    /// <summary>Every code of a card, in the order printed.</summary>
    public static IReadOnlyList<string> CardOf(byte[] secret)
    {
        var hotp = new Hotp(secret, OtpHashMode.Sha1, CardDigits);
        return [.. Enumerable.Range(0, TokenMemory.CardCodes).Select(i => hotp.ComputeHOTP(i))];
    }

    /// <summary>The digits of what was typed, in whatever script, with what people put between them apart; null when it is no code of
    /// either kind.</summary>
    public static string? Normalise(string? typed) =>
        TypedCode.Of(typed) is { } code && code.Length is TimeDigits or CardDigits && code.All(char.IsAsciiDigit) ? code : null;

    /// <summary>What an authenticator app reads from the provisioning QR code.</summary>
    /// <param name="issuer">Name of the organisation.</param>
    /// <param name="account">The learner's reference: what the app shows beside the code.</param>
    public static string ProvisioningUri(byte[] secret, string issuer, string account) => string.Create(
        CultureInfo.InvariantCulture,
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}"
        + $"?secret={Base32Encoding.ToString(secret).TrimEnd('=')}"
        + $"&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={TimeDigits}&period={StepSeconds}");
}
