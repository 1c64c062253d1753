using Emargement.Functions.Platform.Telemetry;
using Emargement.Tests.Infra;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Platform.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform;

/// <summary>A timer that died is seen: each notes that it ran to its end, and how long ago that is is measured.</summary>
public sealed class TimerPulsesTests
{
    [Fact]
    public void Every_timer_has_a_pulse() => Pulse.Timers.ShouldBe(TimerFunctions.All.Select(t => t.Name), ignoreOrder: true);

    [Fact]
    public async Task Every_timer_notes_that_it_ran()
    {
        await using var host = await AccessHost.StartAsync();
        foreach (var timer in TimerFunctions.All)
        {
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await host.RunTimerAsync(timer.Name);

            var pulses = await host.Services.GetRequiredService<PulseTable>().AllAsync(TestContext.Current.CancellationToken);
            pulses[timer.Name].LookedAt.ShouldBe(host.Time.GetUtcNow(), timer.Name);
        }
    }

    [Fact]
    public async Task The_age_of_each_is_measured_and_one_that_stands_still_grows_old()
    {
        await using var host = await AccessHost.StartAsync();
        using var recorded = new Recorded().Listen(host.Services.GetRequiredService<Instruments>());
        await host.RunTimerAsync(Pulse.Watch);
        recorded.Of("emargement.timer.age").ShouldBeEmpty("of one that never ran there is no age, which the alert counts");
        foreach (var timer in Pulse.Timers)
        {
            await host.RunTimerAsync(timer);
        }

        host.Time.Advance(TimeSpan.FromHours(3));
        foreach (var timer in Pulse.Timers.Where(t => t != Pulse.SheetSweep && t != Pulse.Watch))
        {
            await host.RunTimerAsync(timer);
        }

        host.Time.Advance(TimeSpan.FromMinutes(10));
        await host.RunTimerAsync(Pulse.Watch);

        foreach (var timer in Pulse.Timers)
        {
            recorded.Of("emargement.timer.age", timer)[^1].ShouldBe(timer is Pulse.SheetSweep or Pulse.Watch ? 190 * 60 : 10 * 60, timer);
        }
    }
}
