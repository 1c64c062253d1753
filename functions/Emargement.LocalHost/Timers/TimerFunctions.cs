using Emargement.LocalHost.Hosting;
using Emargement.LocalHost.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Emargement.LocalHost.Timers;

/// <summary>
/// Runs timer functions as the host does: at their occurrences, never twice at once, and once at start-up when one was missed.
/// </summary>
internal sealed partial class TimerFunctions(
    FunctionCatalog catalog,
    FunctionPipeline pipeline,
    IServiceScopeFactory scopes,
    TimerStatusTable statuses,
    IConfiguration configuration,
    TimeProvider clock,
    WorkTracker work,
    LocalHostOptions options,
    ILogger<TimerFunctions> logger) : IHostedService, IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(40);

    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ITimer> _timers = [];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (function, trigger) in catalog.WithTrigger<TimerTriggerAttribute>().Where(_ => options.RunTimers))
        {
            await StartAsync(function, trigger, TimerSchedule.Parse(trigger, configuration), cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        lock (_gate)
        {
            foreach (var timer in _timers.Values)
            {
                timer.Dispose();
            }
        }
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Runs a timer function now, whatever its schedule, and passes on what it throws.</summary>
    public async Task RunAsync(string name, CancellationToken cancellation)
    {
        var function = catalog.Find<TimerTriggerAttribute>(name)
            ?? throw new ArgumentException($"There is no timer function named '{name}'.", nameof(name));
        await CallAsync(function, new TimerInfo { ScheduleStatus = await statuses.FindAsync(name, cancellation) }, cancellation);
    }

    private async Task StartAsync(
        FunctionEntry function, TimerTriggerAttribute trigger, TimerSchedule schedule, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var status = trigger.UseMonitor ? await statuses.FindAsync(function.Name, cancellation) : null;
        if (status?.Next <= now.UtcDateTime || trigger.RunOnStartup)
        {
            work.Run(() => RunAndScheduleAsync(function, schedule, status?.Next <= now.UtcDateTime, status));
            return;
        }

        status ??= new ScheduleStatus { Next = schedule.After(now).UtcDateTime, LastUpdated = now.UtcDateTime };
        await statuses.SaveAsync(function.Name, status, cancellation);
        WaitFor(function, schedule, status);
    }

    private void WaitFor(FunctionEntry function, TimerSchedule schedule, ScheduleStatus status)
    {
        var wait = status.Next - clock.GetUtcNow().UtcDateTime;
        var due = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            if (_timers.Remove(function.Name, out var previous))
            {
                previous.Dispose();
            }

            _timers[function.Name] = due > LongestWait
                ? clock.CreateTimer(_ => WaitFor(function, schedule, status), null, LongestWait, Timeout.InfiniteTimeSpan)
                : clock.CreateTimer(
                    _ => work.Run(() => RunAndScheduleAsync(function, schedule, false, status)), null, due, Timeout.InfiniteTimeSpan);
        }
    }

    private async Task RunAndScheduleAsync(FunctionEntry function, TimerSchedule schedule, bool pastDue, ScheduleStatus? status)
    {
        try
        {
            await CallAsync(function, new TimerInfo { ScheduleStatus = status, IsPastDue = pastDue }, _stopping.Token);
        }
        catch (Exception fault) when (!_stopping.IsCancellationRequested)
        {
            // The next occurrence runs whatever this one threw.
            LogFault(fault, function.Name);
        }

        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var next = new ScheduleStatus
        {
            Last = status?.Next ?? now.UtcDateTime,
            Next = schedule.After(now).UtcDateTime,
            LastUpdated = now.UtcDateTime,
        };
        try
        {
            await statuses.SaveAsync(function.Name, next, _stopping.Token);
        }
        catch (Exception fault) when (!_stopping.IsCancellationRequested)
        {
            // This host knows it all the same; the next one takes the occurrence before for the last.
            LogUnsaved(fault, function.Name);
        }

        WaitFor(function, schedule, next);
    }

    private async Task CallAsync(FunctionEntry function, TimerInfo timer, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        await pipeline.InvokeAsync(new LocalFunctionContext(function, scope.ServiceProvider, cancellation) { TriggerValue = timer });
    }

    [LoggerMessage(1, LogLevel.Error, "Timer {Name} failed.")]
    private partial void LogFault(Exception fault, string name);

    [LoggerMessage(2, LogLevel.Warning, "When timer {Name} ran could not be written down.")]
    private partial void LogUnsaved(Exception fault, string name);
}
