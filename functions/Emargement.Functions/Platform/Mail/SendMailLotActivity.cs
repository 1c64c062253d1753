using Emargement.Domain.Platform;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Platform.Mail;

/// <summary>Mails to send now.</summary>
/// <param name="Reserved">Whether they have their places already.</param>
/// <param name="Tries">How often the run has waited for the provider.</param>
public sealed record MailLot(string Partition, IReadOnlyList<string> Rows, bool Reserved, int Tries);

/// <summary>What came of a lot.</summary>
/// <param name="Results">Of its first mails, in order.</param>
/// <param name="Later">The places of the others.</param>
public sealed record MailLotResult(IReadOnlyList<MailResult> Results, IReadOnlyList<MailTurn> Later);

/// <summary>Takes places for a lot of mails, and sends those that may go now; called again after a cut, it sends nothing twice.</summary>
public sealed class SendMailLotActivity(SendMailLot send)
{
    public const string Name = "SendMailLot";

    [Function(Name)]
    public Task<MailLotResult> Run([ActivityTrigger] MailLot lot, CancellationToken cancellation) => send.RunAsync(lot, cancellation);
}
