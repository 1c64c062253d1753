using Emargement.Functions.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Mail.Senders;

/// <summary>For one machine: mails stay in the container <c>mailbox</c>, one <c>{operation}.eml</c> each, and reach nobody.</summary>
public sealed class MailboxSender(AppStorage storage, IOptions<MailOptions> options, TimeProvider time) : IMailSender
{
    public const string Container = "mailbox";

    public bool DropsRepeats => true;

    public async Task<MailOutcome> SendAsync(Mail mail, Guid operationId, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        await Mime.Of(mail, options.Value.Sender, operationId, time.GetUtcNow()).WriteToAsync(content, cancellation);
        content.Position = 0;
        var blob = (await storage.ContainerAsync(Container)).GetBlobClient($"{operationId:N}.eml");
        // False for a repeat: the first one is there.
        await blob.TryWriteOnceAsync(await BinaryData.FromStreamAsync(content, cancellation), "message/rfc822", null, cancellation);
        return new MailOutcome(MailOutcomeKind.Sent, operationId.ToString("N"));
    }
}
