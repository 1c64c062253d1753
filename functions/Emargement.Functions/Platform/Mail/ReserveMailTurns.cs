using Emargement.Domain.Platform;
using Emargement.Functions.Platform.Durable;
using Microsoft.Extensions.Options;

namespace Emargement.Functions.Platform.Mail;

/// <summary>
/// Takes places of the provider's limits, which all runs share. Places taken by a call that is repeated are lost, never given twice.
/// </summary>
public sealed class ReserveMailTurns(MailsTable table, IOptions<MailOptions> options, TimeProvider time) : IDisposable
{
    private const int MaxRaces = 20;

    // Runs of one process take their places together instead of racing each other; those of other processes still race.
    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly Lock _lock = new();
    private List<Asked> _asked = [];

    /// <returns>When how many may go, in order; those of now at once, later ones when their minute has begun.</returns>
    public async Task<List<MailTurn>> RunAsync(int count, CancellationToken cancellation)
    {
        var mine = new Asked(count);
        lock (_lock)
        {
            _asked.Add(mine);
        }

        await _oneAtATime.WaitAsync(cancellation);
        try
        {
            if (!mine.Turns.Task.IsCompleted)
            {
                await ReserveAllAsync();
            }
        }
        finally
        {
            _oneAtATime.Release();
        }

        return await mine.Turns.Task;
    }

    /// <summary>Takes places of the present minute for mails that may wait for all others: at most half of the hour's.</summary>
    /// <returns>How many may go now.</returns>
    public async Task<int> SpareAsync(int count, CancellationToken cancellation)
    {
        var (perMinute, perHour) = options.Value.Limits;
        for (var race = 0; race < MaxRaces; race++)
        {
            var read = await table.PaceAsync(cancellation);
            var (next, taken) = read.Value.ReserveSpare(count, time.GetUtcNow(), perMinute, perHour);
            if (taken == 0 || await table.TryWritePaceAsync(read, next, cancellation))
            {
                return taken;
            }
        }

        return 0;
    }

    public void Dispose() => _oneAtATime.Dispose();

    private async Task ReserveAllAsync()
    {
        List<Asked> all;
        lock (_lock)
        {
            (all, _asked) = (_asked, []);
        }

        try
        {
            // For all of them: the end of one call must not be that of the others.
            var turns = await ReserveAsync(all.Sum(a => a.Count), CancellationToken.None);
            all.ForEach(a => a.Turns.SetResult(Take(turns, a.Count)));
        }
        catch (Exception fault)
        {
            all.ForEach(a => a.Turns.TrySetException(fault));
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

    private static List<MailTurn> Take(List<MailTurn> turns, int count)
    {
        var taken = new List<MailTurn>();
        for (var left = count; left > 0;)
        {
            var (turn, part) = (turns[0], Math.Min(left, turns[0].Count));
            taken.Add(turn with { Count = part });
            left -= part;
            if (part == turn.Count)
            {
                turns.RemoveAt(0);
            }
            else
            {
                turns[0] = turn with { Count = turn.Count - part };
            }
        }

        return taken;
    }

    private sealed record Asked(int Count)
    {
        public TaskCompletionSource<List<MailTurn>> Turns { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
