using Microsoft.DurableTask;

namespace Emargement.Functions.Placements.Workflow;

/// <summary>How a placement's workflow sleeps: until an instant, or until it hears of a change.</summary>
/// <param name="oneTimer">
/// Whether a timer that a change made needless is waited for by the sleeps that follow: the engine wakes the workflow for it even when it
/// was given up. The first shape set another one each time.
/// </param>
internal sealed class PlacementSleep(TaskOrchestrationContext context, bool oneTimer) : IDisposable
{
    // One waiter at a time, made before the first look: a change that comes while the workflow looks or acts wakes it at once.
    private Task<string?> _changed = context.WaitForExternalEvent<string?>(PlacementOrchestrator.Changed);
    private CancellationTokenSource? _giveUp;
    private Task? _timer;
    private DateTime _at;

    public async Task UntilAsync(DateTime wake)
    {
        while (!oneTimer || !_changed.IsCompleted)
        {
            var timer = TimerFor(wake);
            if (await Task.WhenAny(_changed, timer) == _changed)
            {
                break;
            }

            _timer = null;
            if (_at >= wake)
            {
                return;
            }
        }

        _changed = context.WaitForExternalEvent<string?>(PlacementOrchestrator.Changed);
        if (!oneTimer)
        {
            GiveUp();
        }
    }

    public void Dispose() => GiveUp();

    private Task TimerFor(DateTime wake)
    {
        if (_timer is null || _at > wake)
        {
            GiveUp();
            _giveUp = new CancellationTokenSource();
            (_timer, _at) = (context.CreateTimer(wake, _giveUp.Token), wake);
        }

        return _timer;
    }

    private void GiveUp()
    {
        _giveUp?.Cancel();
        _giveUp?.Dispose();
        (_giveUp, _timer) = (null, null);
    }
}
