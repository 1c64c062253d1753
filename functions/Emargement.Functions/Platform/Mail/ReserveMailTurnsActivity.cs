using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Mail;

/// <summary>
/// Takes places of the provider's limits, which all runs share. Places taken by a call
/// that is repeated are lost, never given twice.
/// </summary>
public sealed class ReserveMailTurnsActivity(MailsTable table, IOptions<MailOptions> options, TimeProvider time)
{
    public const string Name = "ReserveMailTurns";

    private const int MaxRaces = 20;

    // Runs of one process take turns instead of racing each other; those of other processes still do.
    private static readonly SemaphoreSlim OneAtATime = new(1, 1);

    [Function(Name)]
    public async Task<List<MailTurn>> Run([ActivityTrigger] int count, CancellationToken cancellation)
    {
        await OneAtATime.WaitAsync(cancellation);
        try
        {
            return await ReserveAsync(count, cancellation);
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    private async Task<List<MailTurn>> ReserveAsync(int count, CancellationToken cancellation)
    {
        var (perMinute, perHour) = options.Value.Limits;
        for (var race = 0; race < MaxRaces; race++)
        {
            var read = await table.PaceAsync(cancellation);
            var now = time.GetUtcNow();
            var (next, turns) = read.Value.Reserve(count, now, perMinute, perHour);
            if (await table.TryWritePaceAsync(read, next, cancellation))
            {
                // Those of now go at once; the others are woken when their minute has begun.
                return [.. turns.Select(t => t.At > now ? t with { At = WakeUp.For(t.At) } : t)];
            }
        }

        throw new InvalidOperationException("Too many runs reserve mails at once; this one tries again later.");
    }
}
