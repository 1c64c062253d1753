using Azure;
using Azure.Storage.Blobs.Models;
using Emargement.Functions.Platform.Storage;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Mail;

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
        try
        {
            var upload = new BlobUploadOptions
            {
                HttpHeaders = new BlobHttpHeaders { ContentType = "message/rfc822" },
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
            };
            await blob.UploadAsync(content, upload, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // A repeat: the first one is there.
        }

        return new MailOutcome(MailOutcomeKind.Sent, operationId.ToString("N"));
    }
}
