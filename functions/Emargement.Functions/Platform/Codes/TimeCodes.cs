using System.Globalization;
using System.Security.Cryptography;
using OtpNet;
using QRCoder;

namespace Emargement.Functions.Platform.Codes;

/// <summary>One-time codes by the open standard that any authenticator app knows: RFC 6238 (SHA-1, 6 digits, 30 s).</summary>
public static class TimeCodes
{
    public const int Digits = 6;
    public const int StepSeconds = 30;

    /// <summary>A new secret of 160 bits, the length that RFC 4226 recommends.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(20);

    /// <summary>The time step of our own clock.</summary>
    public static long ClockStep(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The first of these time steps whose code this is; null when it is none of theirs.</summary>
    public static long? StepOf(byte[] secret, string code, IEnumerable<long> steps)
    {
        if (code.Length != Digits)
        {
            return null;
        }

        var codes = new Hotp(secret, OtpHashMode.Sha1, Digits);
        return steps.Cast<long?>().FirstOrDefault(step => codes.ComputeHOTP(step!.Value) == code);
    }

    /// <summary>The code of a time step.</summary>
    public static string CodeAt(byte[] secret, long step) => new Hotp(secret, OtpHashMode.Sha1, Digits).ComputeHOTP(step);

    /// <summary>The secret as people type it into an app.</summary>
    public static string Written(byte[] secret) => Base32Encoding.ToString(secret).TrimEnd('=');

    /// <summary>Reads back <see cref="Written"/>.</summary>
    public static byte[] Read(string written) => Base32Encoding.ToBytes(written);

    /// <summary>What an authenticator app reads from the provisioning QR code.</summary>
    /// <param name="issuer">Name of the organisation.</param>
    /// <param name="account">What the app shows beside the code.</param>
    public static string ProvisioningUri(byte[] secret, string issuer, string account) => string.Create(
        CultureInfo.InvariantCulture,
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}"
        + $"?secret={Written(secret)}&issuer={Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={StepSeconds}");

    /// <summary>The QR code of such an address, as an SVG document.</summary>
    public static string QrSvg(string uri)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(4);
    }
}
