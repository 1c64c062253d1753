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
    /// Mails a minute that the provider takes, for all runs together; that of a new
    /// Azure Communication Services resource unless set.
    /// </summary>
    [Range(1, 100_000, ErrorMessage = "Mail__PerMinute is the mails a minute that the provider takes, 1 to 100000.")]
    public int PerMinute { get; set; } = 30;

    /// <summary>Mails an hour that the provider takes, likewise.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Mail__PerHour is the mails an hour that the provider takes, 1 to 1000000.")]
    public int PerHour { get; set; } = 100;

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
