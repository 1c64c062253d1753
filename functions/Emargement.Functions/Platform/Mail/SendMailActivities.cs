using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Functions.Platform.Mail;

/// <summary>Keys of a mail's place.</summary>
public sealed record MailPlace(string Partition, string Row);

/// <param name="RetryAfter">When to be woken to try again, as the provider asks; null when this mail has come to its end.</param>
public sealed record MailResult(string Row, TimeSpan? RetryAfter);

/// <summary>Sends one mail of a run; called again after a cut, it sends nothing twice.</summary>
public sealed class SendMailActivity(MailDelivery delivery)
{
    public const string Name = "SendMail";

    [Function(Name)]
    public async Task<MailResult> Run([ActivityTrigger] MailPlace place, CancellationToken cancellation)
    {
        var wait = await delivery.DeliverAsync(MailSlot.Parse(place.Partition, place.Row), cancellation);
        return new MailResult(place.Row, wait is { } asked ? WakeUp.For(asked) : null);
    }
}

/// <summary>Takes places for a run whose mails are sent one by one.</summary>
public sealed class ReserveMailTurnsActivity(ReserveMailTurns reserve)
{
    public const string Name = "ReserveMailTurns";

    [Function(Name)]
    public Task<List<MailTurn>> Run([ActivityTrigger] int count, CancellationToken cancellation) => reserve.RunAsync(count, cancellation);
}

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
