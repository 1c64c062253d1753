using Emargement.LocalHost.Hosting;
using Emargement.Tests.LocalHost.Orchestration;
using Microsoft.Azure.Functions.Worker;

namespace Emargement.Tests.LocalHost;

/// <summary>Timer functions run as on the Functions host: at their occurrences in UTC, once when one was missed.</summary>
public sealed class TimerFunctionsTests
{
    [Fact]
    public async Task A_timer_runs_at_each_occurrence_with_what_came_before_and_comes_next()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Hourly));

        await driver.AdvanceAsync(TimeSpan.FromMinutes(59));
        driver.Journal.Lines.ShouldBeEmpty();
        await driver.AdvanceAsync(TimeSpan.FromMinutes(1));
        await driver.AdvanceAsync(TimeSpan.FromHours(1));

        driver.Journal.Lines.ShouldBe(["10:00 past due False, last 00:00", "11:00 past due False, last 10:00"]);
    }

    [Fact]
    public async Task A_missed_occurrence_runs_once_at_the_next_start_and_says_so()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Hourly));
        await driver.Host.StopAsync(OrchestrationDriver.Cancellation);
        driver.Clock.Advance(TimeSpan.FromHours(5.5));

        await driver.RestartAsync();
        await driver.RestartAsync();

        driver.Journal.Lines.ShouldBe(["14:30 past due True, last 00:00"]);
    }

    [Fact]
    public async Task A_restart_between_occurrences_runs_nothing()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Hourly));

        await driver.AdvanceAsync(TimeSpan.FromMinutes(30));
        await driver.RestartAsync();
        driver.Journal.Lines.ShouldBeEmpty();
        await driver.AdvanceAsync(TimeSpan.FromMinutes(30));

        driver.Journal.Lines.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_timer_that_fails_runs_again_at_its_next_occurrence()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Failing));

        await driver.AdvanceAsync(TimeSpan.FromMinutes(1));
        await driver.AdvanceAsync(TimeSpan.FromMinutes(1));

        driver.Journal.Lines.ShouldBe(["tried", "tried"]);
    }

    [Fact]
    public async Task A_timer_is_run_by_name_and_what_it_throws_is_seen()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Hourly), typeof(Failing));

        await driver.Host.RunTimerAsync("Hourly", OrchestrationDriver.Cancellation);
        await Should.ThrowAsync<InvalidOperationException>(driver.Host.RunTimerAsync("Failing", OrchestrationDriver.Cancellation));
        await Should.ThrowAsync<ArgumentException>(driver.Host.RunTimerAsync("Nobody", OrchestrationDriver.Cancellation));

        driver.Journal.Lines[0].ShouldStartWith("09:00");
    }

    [Fact]
    public async Task A_schedule_that_is_none_stops_the_start()
    {
        var start = () => OrchestrationDriver.StartAsync(typeof(BadSchedule));

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("'every day' is not an NCRONTAB expression");
    }

    [Fact]
    public async Task Timers_without_storage_stop_the_start()
    {
        var start = () => LocalHostApp.StartAsync(
            new LocalHostOptions { App = FunctionApp.Of(typeof(Hourly)) }, OrchestrationDriver.Cancellation);

        (await start.ShouldThrowAsync<InvalidOperationException>()).Message.ShouldContain("Storage__ConnectionString");
    }

    public sealed class Hourly(Journal journal, TimeProvider clock)
    {
        [Function("Hourly")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) =>
            journal.Write($"{clock.GetUtcNow():HH:mm} past due {timer.IsPastDue}, last {timer.ScheduleStatus?.Last:HH:mm}");
    }

    public sealed class Failing(Journal journal)
    {
        [Function("Failing")]
        public void Run([TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
            journal.Write("tried");
            throw new InvalidOperationException();
        }
    }

    public static class BadSchedule
    {
        [Function("BadSchedule")]
        public static void Run([TimerTrigger("every day")] TimerInfo timer) => throw new NotSupportedException();
    }
}
