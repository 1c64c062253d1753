using Emargement.LocalHost.Hosting;

namespace Emargement.LocalHost.Orchestration;

/// <summary>Tells when orchestrations have nothing to do before the clock moves or something arrives.</summary>
internal sealed class IdleWatch(TaskHub hub, WorkTracker work)
{
    // A look at the queues costs a few milliseconds; so does an episode.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private long _moves;
    private long _idleAt = -1;

    /// <summary>Something was sent, or has begun to run: what was idle may no longer be.</summary>
    public void Moved() => Interlocked.Increment(ref _moves);

    public async Task WhenIdleAsync()
    {
        while (true)
        {
            await work.WhenIdleAsync();
            var moves = Interlocked.Read(ref _moves);
            if (Interlocked.Read(ref _idleAt) == moves)
            {
                return;
            }

            if (await hub.IsEmptyAsync() && work.IsIdle && Interlocked.Read(ref _moves) == moves)
            {
                Interlocked.Exchange(ref _idleAt, moves);
                return;
            }

            await Task.Delay(BetweenLooks);
        }
    }
}
