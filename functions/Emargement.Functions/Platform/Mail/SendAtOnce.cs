using Microsoft.Extensions.Logging;

namespace Emargement.Functions.Platform.Mail;

/// <summary>
/// Sends mails in the place of a run, by an activity that has just queued them and is repeated after a cut: what may leave now costs the
/// engine nothing.
/// </summary>
public sealed partial class SendAtOnce(SendMailLot lot, ILogger<SendAtOnce> logger)
{
    /// <param name="fresh">By row, what was stored just now and how it is written.</param>
    /// <returns>What a run has to send: what must wait, and all of it where something failed; null when all came to their end.</returns>
    public async Task<MailBatch?> RunAsync(
        MailBatch batch, IReadOnlyDictionary<string, FreshMail> fresh, CancellationToken cancellation)
    {
        MailLotResult begun;
        try
        {
            begun = await lot.RunAsync(
                new MailLot(batch.Partition, batch.Rows, Reserved: false, batch.Tries), cancellation, row => fresh.GetValueOrDefault(row));
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            // A run tries longer than who queued them can wait.
            LogLeft(fault.GetType().Name);
            return batch;
        }

        return begun.Later.Count > 0 || begun.Results.Any(r => r.RetryAfter is not null) ? batch with { Begun = begun } : null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mails are left to a run: {Fault}")]
    private partial void LogLeft(string fault);
}
