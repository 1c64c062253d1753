using MimeKit;

namespace Emargement.Functions.Platform.Mail.Senders;

/// <summary>A mail as it travels (RFC 5322): text and HTML alternatives.</summary>
internal static class Mime
{
    public static MimeMessage Of(Mail mail, string sender, Guid operationId, DateTimeOffset at)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = at,
            MessageId = $"{operationId:N}@{sender.Split('@')[1]}",
            Body = new MultipartAlternative(new TextPart("plain") { Text = mail.Text }, new TextPart("html") { Text = mail.Html }),
        };
        message.From.Add(MailboxAddress.Parse(sender));
        message.To.Add(MailboxAddress.Parse(mail.To.Value));
        message.Headers.Add("Content-Language", mail.Language);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        foreach (var (name, value) in mail.StopHeaders)
        {
            message.Headers.Add(name, value);
        }

        return message;
    }
}
