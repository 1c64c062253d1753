using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;

namespace Emargement.Functions.Platform.Mail;

/// <summary>Sends a lot of mails, some beside each other. One that cannot leave keeps no other.</summary>
public sealed class SendMailLot(ReserveMailTurns reserve, MailDelivery delivery, TimeProvider time)
{
    /// <summary>Mails of one call at most, so that a call ends soon.</summary>
    public const int Largest = 100;

    private const int Parallelism = 8;

    // A provider that is down for hours loses no mail, and is asked ever more seldom.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(20);

    /// <param name="fresh">What is known of a mail that was queued just now; the others are read.</param>
    public async Task<MailLotResult> RunAsync(
        MailLot lot, CancellationToken cancellation, Func<string, FreshMail?>? fresh = null)
    {
        var turns = lot.Reserved ? [new MailTurn(time.GetUtcNow(), lot.Rows.Count)] : await reserve.RunAsync(lot.Rows.Count, cancellation);
        var now = Math.Min(Largest, turns.Where(t => t.At <= time.GetUtcNow()).Sum(t => t.Count));
        var results = new MailResult[now];
        await Parallel.ForAsync(
            0,
            now,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancellation },
            async (i, token) => results[i] = await SendAsync(lot, lot.Rows[i], fresh?.Invoke(lot.Rows[i]), token));
        return new MailLotResult(results, [.. After(turns, now)]);
    }

    private async Task<MailResult> SendAsync(MailLot lot, string row, FreshMail? fresh, CancellationToken cancellation)
    {
        TimeSpan? wait;
        try
        {
            wait = fresh is null
                ? await delivery.DeliverAsync(MailSlot.Parse(lot.Partition, row), cancellation)
                : await delivery.DeliverAsync(fresh, cancellation);
        }
        catch (MailNotHandedOverException)
        {
            var longer = FirstWait * Math.Pow(2, Math.Min(lot.Tries, 10));
            wait = longer < LongestWait ? longer : LongestWait;
        }

        return new MailResult(row, wait is { } asked ? WakeUp.For(asked) : null);
    }

    private static IEnumerable<MailTurn> After(IEnumerable<MailTurn> turns, int sent)
    {
        foreach (var turn in turns)
        {
            var gone = Math.Min(sent, turn.Count);
            sent -= gone;
            if (turn.Count > gone)
            {
                yield return turn with { Count = turn.Count - gone };
            }
        }
    }
}
