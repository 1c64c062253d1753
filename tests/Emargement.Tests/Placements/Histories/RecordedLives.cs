namespace Emargement.Tests.Placements.Histories;

/// <summary>What placements live through, so that every branch of the workflow's loop is in some history.</summary>
internal static class RecordedLives
{
    public static IReadOnlyDictionary<string, Func<WorkflowDriver, Task>> All { get; } = new Dictionary<string, Func<WorkflowDriver, Task>>
    {
        ["waits"] = WaitsAsync,
        ["sleeps-first"] = SleepsFirstAsync,
        ["acts-by-timer-and-by-change"] = ActsAsync,
        ["fails-and-tries-again"] = FailsAsync,
        ["continues-in-the-next-period"] = ContinuesAsync,
        ["finishes"] = FinishesAsync,
    };

    private static async Task WaitsAsync(WorkflowDriver driver)
    {
        driver.Script.Plan["later"] = 100;
        await driver.WakeAsync();
    }

    // The timer of the start stays, fires before anything is due, and is followed by another.
    private static async Task SleepsFirstAsync(WorkflowDriver driver)
    {
        driver.Script.Plan["later"] = 100;
        await driver.StartAsleepAsync(hours: 2);
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        await driver.AdvanceAsync(TimeSpan.FromHours(3));
    }

    private static async Task ActsAsync(WorkflowDriver driver)
    {
        driver.Script.Plan["reminder"] = 1;
        driver.Script.Plan["later"] = 100;
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        await driver.AdvanceAsync(TimeSpan.FromHours(1));
        driver.Script.Plan["declared"] = 0;
        driver.Script.Plan["doubted"] = 0.5;
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        await driver.WakeAsync();
    }

    // Six tries of an action, then an hour's rest, then six more.
    private static async Task FailsAsync(WorkflowDriver driver)
    {
        driver.Script.Plan["first"] = 0;
        driver.Script.Plan["later"] = 100;
        driver.Script.Broken["first"] = true;
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        for (var tries = 0; tries < 8; tries++)
        {
            await driver.AdvanceAsync(TimeSpan.FromMinutes(30));
        }

        driver.Script.Broken.Clear();
        await driver.AdvanceAsync(TimeSpan.FromMinutes(30));
    }

    private static async Task ContinuesAsync(WorkflowDriver driver)
    {
        driver.Script.Plan["december"] = 100;
        driver.Script.NextPeriodAt = 1;
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        await driver.AdvanceAsync(TimeSpan.FromHours(2));
    }

    private static async Task FinishesAsync(WorkflowDriver driver)
    {
        driver.Script.Plan["reminder"] = 1;
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        await driver.AdvanceAsync(TimeSpan.FromHours(2));
    }
}
