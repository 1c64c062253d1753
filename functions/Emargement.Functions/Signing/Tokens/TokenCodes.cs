using Emargement.Domain.Platform.Codes;
using Emargement.Domain.Signing;
using Emargement.Functions.Platform.Codes;
using OtpNet;

namespace Emargement.Functions.Signing.Tokens;

/// <summary>The codes of learners: those of a clock (<see cref="TimeCodes"/>) for a token, which fobs know too, and RFC 4226 (8 digits) for
/// a printed card.</summary>
public static class TokenCodes
{
    public const int CardDigits = 8;

    /// <summary>The time step whose code this is, as near as can be to what the token's clock is known to show; null when it is none within
    /// the drift that a clock may have.</summary>
    /// <param name="drift">Steps by which that clock is ahead of ours.</param>
    public static long? StepOf(byte[] secret, string code, DateTimeOffset now, int drift = 0)
    {
        var clock = TimeCodes.ClockStep(now);
        return TimeCodes.StepOf(
            secret,
            code,
            Enumerable.Range(-TokenMemory.MostDrift - TokenMemory.Slack, (2 * (TokenMemory.MostDrift + TokenMemory.Slack)) + 1)
                .OrderBy(off => Math.Abs(off - drift))
                .Select(off => clock + off));
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
        TypedCode.Of(typed) is { } code && code.Length is TimeCodes.Digits or CardDigits && code.All(char.IsAsciiDigit) ? code : null;
}
