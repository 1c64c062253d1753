using System.Security.Cryptography;
using System.Text;
using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.DurableTask.Client;

namespace Emargement.Functions.Platform.Mail;

/// <summary>Starts the runs that send queued mails at the provider's pace.</summary>
public static class MailRuns
{
    /// <summary>Starts the run of these mails; the same mails are the same run.</summary>
    public static Task SendAsync(this DurableTaskClient client, MailBatch? batch, CancellationToken cancellation) =>
        batch is null ? Task.CompletedTask : client.StartOnceAsync(
            SendMailsOrchestrator.Name, IdOf(batch), batch with { Shape = SendMailsOrchestrator.Shape }, cancellation);

    /// <summary>Starts the run of the mails that a use case queued, if it was not refused.</summary>
    public static async Task<Result<T>> SendAsync<T>(
        this DurableTaskClient client, Task<Result<T>> act, Func<T, MailBatch?> mails, CancellationToken cancellation)
    {
        var result = await act;
        if (result.IsOk)
        {
            await client.SendAsync(mails(result.Value), cancellation);
        }

        return result;
    }

    private static string IdOf(MailBatch batch)
    {
        var rows = Encoding.UTF8.GetBytes(batch.Partition + "\n" + string.Join('\n', batch.Rows));
        return "mails-" + Convert.ToHexStringLower(SHA256.HashData(rows).AsSpan(0, 16));
    }
}
