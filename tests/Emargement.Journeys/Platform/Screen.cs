using System.Buffers.Binary;
using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Emargement.Journeys.Platform;

/// <summary>
/// What the trainer's screen shows, derived from the Session's key as the page's script does: written here from the description of the
/// codes, not from the server's code.
/// </summary>
public sealed class Screen(string organisation, string session, string keyBase64Url)
{
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private readonly byte[] _key = Base64Url.DecodeFromChars(keyBase64Url);

    public string Qr(DateTimeOffset now)
    {
        var step = now.ToUnixTimeSeconds() / 15;
        return $"{Base36(step)}.{Base64Url.EncodeToString(Mac("qr", step).AsSpan(0, 16))}";
    }

    public string Typed(DateTimeOffset now)
    {
        var value = BinaryPrimitives.ReadUInt64BigEndian(Mac("code", now.ToUnixTimeSeconds() / 60));
        var code = "";
        for (var i = 0; i < 8; i++)
        {
            code = Alphabet[(int)(value % 30)] + code;
            value /= 30;
        }

        return $"{code[..4]} {code[4..]}".ToLowerInvariant();
    }

    private byte[] Mac(string purpose, long step) =>
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\n{organisation}\n{session}\n{step}"));

    private static string Base36(BigInteger value)
    {
        var text = "";
        for (; value > 0; value /= 36)
        {
            text = "0123456789abcdefghijklmnopqrstuvwxyz"[(int)(value % 36)] + text;
        }

        return text;
    }
}
