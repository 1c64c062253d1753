using System.ComponentModel.DataAnnotations;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Mail;

/// <summary>
/// Who delivers mails. Give <c>Endpoint</c>, or an SMTP server; with neither, mails stay in the container <c>mailbox</c>.
/// </summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>Endpoint of Azure Communication Services, reached with the app's managed identity.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>Name or address of an SMTP server.</summary>
    public string? SmtpHost { get; set; }

    /// <summary>Its port.</summary>
    [Range(1, 65535, ErrorMessage = "Mail__SmtpPort is a port, 1 to 65535; 587 or 465 for nearly every server.")]
    public int SmtpPort { get; set; } = 587;

    /// <summary>
    /// Whether the connection must be encrypted (STARTTLS, or TLS from the start on port
    /// 465). Only a server on this machine may go without.
    /// </summary>
    public bool SmtpTls { get; set; } = true;

    /// <summary>Name to sign in with, when the server asks for one.</summary>
    public string? SmtpUser { get; set; }

    /// <summary>Password of <c>SmtpUser</c>.</summary>
    public string? SmtpPassword { get; set; }

    /// <summary>The address that mails come from.</summary>
    public string Sender { get; set; } = "emargement@localhost.example";

    /// <summary>
    /// Mails a minute that the provider takes, for all runs together. Unless set, what Azure Communication Services takes of a new
    /// subscription: 30, or 5 from a <c>Sender</c> of its own domain azurecomm.net.
    /// </summary>
    [Range(1, 100_000, ErrorMessage = "Mail__PerMinute is the mails a minute that the provider takes, 1 to 100000.")]
    public int? PerMinute { get; set; }

    /// <summary>Mails an hour that the provider takes, likewise: 100, or 10.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Mail__PerHour is the mails an hour that the provider takes, 1 to 1000000.")]
    public int? PerHour { get; set; }

    /// <summary>What holds, set or not.</summary>
    internal (int PerMinute, int PerHour) Limits => IsOfAzure ? (PerMinute ?? 5, PerHour ?? 10) : (PerMinute ?? 30, PerHour ?? 100);

    private bool IsOfAzure => Sender.EndsWith(".azurecomm.net", StringComparison.OrdinalIgnoreCase);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is not null && !string.IsNullOrEmpty(SmtpHost))
        {
            yield return new ValidationResult("Set Mail__Endpoint or Mail__SmtpHost, not both.", [nameof(Endpoint), nameof(SmtpHost)]);
        }

        if (Endpoint is not null && (!Endpoint.IsAbsoluteUri || Endpoint.Scheme != Uri.UriSchemeHttps))
        {
            yield return new ValidationResult(
                "Mail__Endpoint is the https address of a Communication Services resource; leave it out to send by SMTP.",
                [nameof(Endpoint)]);
        }

        if (!string.IsNullOrEmpty(SmtpHost) && Uri.CheckHostName(SmtpHost) == UriHostNameType.Unknown)
        {
            yield return new ValidationResult(
                "Mail__SmtpHost is the name or address of a server, such as smtp.example.org, without port or scheme.", [nameof(SmtpHost)]);
        }
        else if (!string.IsNullOrEmpty(SmtpHost) && !SmtpTls && !new UriBuilder("smtp", SmtpHost).Uri.IsLoopback)
        {
            yield return new ValidationResult(
                "Mail__SmtpTls is true unless the server is on this machine: mails hold personal links.", [nameof(SmtpTls)]);
        }

        if (string.IsNullOrEmpty(SmtpUser) != string.IsNullOrEmpty(SmtpPassword))
        {
            yield return new ValidationResult(
                "Set Mail__SmtpUser and Mail__SmtpPassword, or neither.", [nameof(SmtpUser), nameof(SmtpPassword)]);
        }

        if (!EmailAddress.TryParse(Sender, out _))
        {
            yield return new ValidationResult(
                "Mail__Sender is the e-mail address that mails come from, such as emargement@example.org.", [nameof(Sender)]);
        }
    }
}
