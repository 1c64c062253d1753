using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Emargement.Domain.Platform;

/// <summary>An e-mail address, lower-cased: what the product compares and sends to. At most 254 characters (RFC 5321).</summary>
public readonly partial record struct EmailAddress
{
    private readonly string? _value;

    private EmailAddress(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("An EmailAddress is made by Parse or TryParse.");

    /// <summary>Where its mails arrive: without what is written after a « + » (RFC 5233), which is the same person's.</summary>
    public string Mailbox => Value[..Value.IndexOf('@')].Split('+')[0] + Value[Value.IndexOf('@')..];

    public static EmailAddress Parse(string text) =>
        TryParse(text, out var email) ? email : throw new FormatException("Not an e-mail address.");

    public static bool TryParse([NotNullWhen(true)] string? text, out EmailAddress email)
    {
        var plain = PlainText.Of(text);
        var ok = plain.Length <= 254 && Shape().IsMatch(plain);
        email = ok ? new EmailAddress(plain.ToLowerInvariant()) : default;
        return ok;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[^@\s<>""(),:;\\\[\]]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}\z")]
    private static partial Regex Shape();
}
