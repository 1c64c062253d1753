using System.Globalization;
using Azure;
using Azure.Communication.Email;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Mail.Senders;

/// <summary>Azure Communication Services: the operation's id makes a repeat the same mail.</summary>
public sealed class AzureMailSender(EmailClient client, IOptions<MailOptions> options) : IMailSender
{
    public bool DropsRepeats => true;

    public async Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken cancellation)
    {
        var content = new EmailContent(mail.Subject) { PlainText = mail.Text, Html = mail.Html };
        var message = new EmailMessage(options.Value.Sender, mail.To.Value, content) { UserEngagementTrackingDisabled = true };
        foreach (var (name, value) in mail.StopHeaders)
        {
            message.Headers[name] = value;
        }

        try
        {
            var operation = await client.SendAsync(WaitUntil.Completed, message, operationId, cancellation);
            return new MailOutcome(MailOutcomeKind.Sent, operation.Id);
        }
        catch (RequestFailedException e) when (e.Status == 429)
        {
            return new MailOutcome(MailOutcomeKind.Throttled, RetryAfter: RetryAfter(e));
        }
        catch (RequestFailedException e) when (e.Status is 400 or 422 || IsFinal(e))
        {
            return new MailOutcome(MailOutcomeKind.Refused, Reason: e.ErrorCode ?? e.Status.ToString(CultureInfo.InvariantCulture));
        }
    }

    // An operation that was accepted and then failed answers 200 with its error.
    private static bool IsFinal(RequestFailedException e) => e.Status is >= 200 and < 300;

    private static TimeSpan? RetryAfter(RequestFailedException e) =>
        e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var text) == true
            && int.TryParse(text, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : null;
}
