using System.ComponentModel.DataAnnotations;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Platform.Mail;

/// <summary>Section <c>Mail</c>: who delivers. Give the endpoint of Azure Communication Services, or an SMTP server; with neither, mails stay in the container <c>mailbox</c>.</summary>
public sealed class MailOptions : IValidatableObject
{
    public const string Section = "Mail";

    /// <summary>Endpoint of Azure Communication Services, reached with the app's managed identity.</summary>
    public Uri? Endpoint { get; set; }

    public string? SmtpHost { get; set; }

    [Range(1, 65535)]
    public int SmtpPort { get; set; } = 587;

    /// <summary>Whether the connection must be encrypted (STARTTLS, or TLS from the start on port 465). Only a server on this machine may go without.</summary>
    public bool SmtpTls { get; set; } = true;

    public string? SmtpUser { get; set; }

    public string? SmtpPassword { get; set; }

    /// <summary>The address that mails come from.</summary>
    public string Sender { get; set; } = "emargement@localhost.example";

    /// <summary>Limits of the provider, which every run shares; those of a new Azure Communication Services resource unless set.</summary>
    [Range(1, 100_000)]
    public int PerMinute { get; set; } = 30;

    [Range(1, 1_000_000)]
    public int PerHour { get; set; } = 100;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Endpoint is not null && !string.IsNullOrEmpty(SmtpHost))
        {
            yield return new ValidationResult("Set Mail:Endpoint or Mail:SmtpHost, not both.", [nameof(Endpoint), nameof(SmtpHost)]);
        }

        if (!EmailAddress.TryParse(Sender, out _))
        {
            yield return new ValidationResult("Mail:Sender is the e-mail address that mails come from.", [nameof(Sender)]);
        }
    }
}
