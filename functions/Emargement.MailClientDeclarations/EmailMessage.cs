namespace Azure.Communication.Email;

public readonly struct EmailAddress(string address, string? displayName)
{
    public EmailAddress(string address)
        : this(address, null)
    {
    }

    public string Address { get; } = address;

    public string? DisplayName { get; } = displayName;
}

public class EmailAttachment(string name, string contentType, BinaryData content)
{
    public BinaryData Content { get; } = content;

    public string? ContentId { get; set; }

    public string ContentType { get; } = contentType;

    public string Name { get; } = name;
}

public class EmailContent(string subject)
{
    public string? Html { get; set; }

    public string? PlainText { get; set; }

    public string Subject { get; } = subject;
}

public class EmailRecipients(
    IEnumerable<EmailAddress>? to = null, IEnumerable<EmailAddress>? cc = null, IEnumerable<EmailAddress>? bcc = null)
{
    public EmailRecipients(IEnumerable<EmailAddress> to)
        : this(to, null, null)
    {
    }

    public IList<EmailAddress> To { get; } = [.. to ?? []];

    public IList<EmailAddress> CC { get; } = [.. cc ?? []];

    public IList<EmailAddress> BCC { get; } = [.. bcc ?? []];
}

public class EmailMessage(string senderAddress, EmailRecipients recipients, EmailContent content)
{
    public EmailMessage(string senderAddress, string recipientAddress, EmailContent content)
        : this(senderAddress, new EmailRecipients([new EmailAddress(recipientAddress)]), content)
    {
    }

    public IList<EmailAttachment> Attachments { get; } = [];

    public EmailContent Content { get; } = content;

    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    public EmailRecipients Recipients { get; } = recipients;

    public IList<EmailAddress> ReplyTo { get; } = [];

    public string SenderAddress { get; } = senderAddress;

    public bool? UserEngagementTrackingDisabled { get; set; }
}
