using System.Globalization;
using Emargement.Domain.Platform;

namespace Emargement.Functions.Accounts.Logins;

/// <summary>
/// Lets one password be hashed at a time: hashing is slow on purpose, and a class that signs in must not take the processor from those who
/// sign. Who waits is let in by turns, one of each network after the other, so that a flood from one keeps out no other; of one network the
/// latest first, who can still be let in within two seconds when those before cannot.
/// </summary>
public sealed class PasswordTurns(TimeProvider time)
{
    /// <summary>How long anybody waits before being asked to come back.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly LinkedList<Lane> _lanes = [];
    private bool _busy;

    /// <summary>What to tell who waited too long.</summary>
    public static Refusal Busy { get; } = Refusal.Of(
        "too-many-calls",
        RefusalKind.TooMany,
        ("retryAfter", LongestWait.TotalSeconds.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Waits for one's turn, which lasts until the answer is disposed of.</summary>
    /// <param name="from">Whose turns are taken from one another: a network, or somebody known.</param>
    /// <returns>Null after two seconds in vain.</returns>
    public async Task<IDisposable?> TakeAsync(string from, CancellationToken cancellation)
    {
        if (Enter(from) is not { } waiting)
        {
            return new Turn(this);
        }

        try
        {
            await waiting.Task.WaitAsync(LongestWait, time, cancellation);
            return new Turn(this);
        }
        catch (Exception gone) when (gone is TimeoutException or OperationCanceledException)
        {
            // Given the turn at the very last moment: it is passed on.
            if (!waiting.TrySetCanceled(CancellationToken.None))
            {
                Leave();
            }

            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }

    private TaskCompletionSource? Enter(string from)
    {
        lock (_lock)
        {
            if (!_busy)
            {
                _busy = true;
                return null;
            }

            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var lane = _lanes.FirstOrDefault(l => l.From == from);
            if (lane is null)
            {
                lane = new Lane(from, new Stack<TaskCompletionSource>());
                _lanes.AddLast(lane);
            }

            lane.Waiting.Push(waiting);
            return waiting;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            while (_lanes.First is { Value: var lane })
            {
                _lanes.RemoveFirst();
                var next = lane.Waiting.Pop();
                if (lane.Waiting.Count > 0)
                {
                    _lanes.AddLast(lane);
                }

                // Whoever has given up meanwhile is passed over.
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _busy = false;
        }
    }

    private sealed record Lane(string From, Stack<TaskCompletionSource> Waiting);

    private sealed class Turn(PasswordTurns turns) : IDisposable
    {
        public void Dispose() => turns.Leave();
    }
}
