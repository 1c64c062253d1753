using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Emargement.Domain.Webhooks;

/// <summary>What an endpoint's deliveries are signed with (Standard Webhooks 1.0.0: HMAC-SHA256, <c>v1</c>).</summary>
public sealed record WebhookSecret
{
    private const string Prefix = "whsec_";

    private readonly byte[] _key;

    /// <param name="key">24 to 64 bytes.</param>
    /// <exception cref="ArgumentException">It is shorter or longer.</exception>
    public WebhookSecret(byte[] key) => _key = key.Length is >= 24 and <= 64
        ? key
        : throw new ArgumentException("A secret of 24 to 64 bytes signs.", nameof(key));

    /// <summary>The secret of a text that <see cref="ToString"/> gave.</summary>
    public static WebhookSecret Parse(string text) => new(Convert.FromBase64String(text[Prefix.Length..]));

    /// <summary>As it is shown once: <c>whsec_</c> and base64.</summary>
    public override string ToString() => Prefix + Convert.ToBase64String(_key);

    /// <summary>One signature of the header <c>webhook-signature</c>.</summary>
    /// <param name="id">Of the event.</param>
    /// <param name="at">Of this try.</param>
    /// <param name="body">The very bytes that are sent.</param>
    public string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}."));
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        hmac.AppendData(head);
        hmac.AppendData(body);
        return "v1," + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
