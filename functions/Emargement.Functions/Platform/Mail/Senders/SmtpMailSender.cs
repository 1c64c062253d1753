using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Mail.Senders;

/// <summary>Any SMTP server. It knows no operation ids: a try that was cut short after the message began is not repeated.</summary>
public sealed class SmtpMailSender(IOptions<MailOptions> options, TimeProvider time) : IMailSender
{
    public bool DropsRepeats => false;

    public async Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken cancellation)
    {
        using var client = new SmtpClient();
        await ConnectAsync(client, cancellation);
        var message = Mime.Of(mail, options.Value.Sender, operationId, time.GetUtcNow());
        try
        {
            await client.SendAsync(message, cancellation);
        }
        catch (SmtpCommandException e) when ((int)e.StatusCode is >= 400 and < 500)
        {
            return new MailOutcome(MailOutcomeKind.Throttled, RetryAfter: TimeSpan.FromMinutes(5));
        }
        catch (SmtpCommandException e)
        {
            return new MailOutcome(MailOutcomeKind.Refused, Reason: ((int)e.StatusCode).ToString(CultureInfo.InvariantCulture));
        }

        await client.DisconnectAsync(quit: true, CancellationToken.None);
        return new MailOutcome(MailOutcomeKind.Sent, message.MessageId);
    }

    private async Task ConnectAsync(SmtpClient client, CancellationToken cancellation)
    {
        var settings = options.Value;
        var security = !settings.SmtpTls ? SecureSocketOptions.None
            : settings.SmtpPort == 465 ? SecureSocketOptions.SslOnConnect
            : SecureSocketOptions.StartTls;
        try
        {
            await client.ConnectAsync(settings.SmtpHost!, settings.SmtpPort, security, cancellation);
            if (!string.IsNullOrEmpty(settings.SmtpUser))
            {
                await client.AuthenticateAsync(settings.SmtpUser, settings.SmtpPassword ?? string.Empty, cancellation);
            }
        }
        catch (Exception fault) when (fault is SocketException or IOException or ProtocolException
            or CommandException or AuthenticationException or SslHandshakeException or NotSupportedException)
        {
            throw new MailNotHandedOverException("The SMTP server cannot be reached, or does not let this app in.", fault);
        }
    }
}
