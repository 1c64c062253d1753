using Emargement.Functions.Placements.Workflow;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Placements;

/// <summary>One hazard a test, under real replay: whatever happens when, each thing due is done once and none is forgotten.</summary>
public sealed class PlacementReplayTests
{
    [Fact]
    public async Task Things_are_done_when_they_are_due_and_the_workflow_ends_when_nothing_is_left()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["reminder"] = 1;
        driver.Script.Plan["tutor"] = 5;
        await driver.WakeAsync();

        await driver.AdvanceAsync(TimeSpan.FromHours(2));
        driver.Script.Done.ShouldBe(["reminder"]);
        await driver.AdvanceAsync(TimeSpan.FromHours(4));

        driver.Script.Done.ShouldBe(["reminder", "tutor"]);
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task A_change_that_comes_before_the_wait_is_looked_at_at_once()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["later"] = 100;
        var gate = driver.Script.BeforeLook = new Gate();
        await driver.WakeAsync();
        await gate.Reached;

        await driver.WakeAsync();
        gate.Open();
        await driver.Host.WhenIdleAsync();
        driver.Script.Looks.ShouldBe(2, "the event, raised during the first look, made a second one");
    }

    [Fact]
    public async Task A_change_during_continue_as_new_is_not_forgotten()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["december"] = 100;
        driver.Script.NextPeriodAt = 1;
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        var gate = driver.Script.BeforeLook = new Gate();
        driver.Clock.Advance(TimeSpan.FromHours(2));
        await gate.Reached;

        // The look that sees the new period is under way; the change arrives with the end of this generation.
        driver.Script.Plan["declared"] = 0;
        await driver.WakeAsync();
        gate.Open();

        await driver.Host.WhenIdleAsync();
        driver.Script.Done.ShouldBe(["declared"]);
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task A_timer_and_a_change_at_the_same_instant_do_each_thing_once()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["reminder"] = 1;
        driver.Script.Plan["later"] = 100;
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        await driver.Client.SuspendInstanceAsync(WorkflowDriver.InstanceId, cancellation: WorkflowDriver.Cancellation);
        await driver.AdvanceAsync(TimeSpan.FromHours(1));
        await driver.Client.RaiseEventAsync(
            WorkflowDriver.InstanceId, PlacementOrchestrator.Changed, cancellation: WorkflowDriver.Cancellation);

        await driver.Client.ResumeInstanceAsync(WorkflowDriver.InstanceId, cancellation: WorkflowDriver.Cancellation);

        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Running);
        driver.Script.Done.ShouldBe(["reminder"]);
        await driver.AdvanceAsync(TimeSpan.FromHours(100));
        driver.Script.Done.ShouldBe(["reminder", "later"]);
    }

    [Fact]
    public async Task Two_changes_together_lose_nothing()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["later"] = 100;
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        driver.Script.Plan["first"] = 0;
        driver.Script.Plan["second"] = 0;

        await Task.WhenAll(driver.WakeAsync(), driver.WakeAsync());

        await driver.Host.WhenIdleAsync();
        driver.Script.Done.Order().ShouldBe(["first", "second"]);
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task A_process_killed_between_two_activities_goes_on_where_it_was()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["first"] = 0;
        driver.Script.Plan["second"] = 0.5;
        driver.Clock.Advance(TimeSpan.FromHours(1));
        var gate = new Gate();
        driver.Script.BeforeAction = ("second", gate);
        await driver.WakeAsync();
        await gate.Reached;

        var stopping = driver.Host.DisposeAsync();
        gate.Open();
        await stopping;
        await driver.StartHostAsync(typeof(ScriptedDecision), typeof(ScriptedAction));

        // The dead process held the instance for some seconds more.
        await driver.AdvanceAsync(TimeSpan.FromMinutes(1));
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Completed);
        driver.Script.Done.ShouldBe(["first", "second"]);
        driver.Script.Looks.ShouldBe(1, "the look was in the history");
    }

    [Fact]
    public async Task Starting_twice_at_once_does_each_thing_once_and_a_change_after_the_end_starts_again()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        await Task.WhenAll(driver.WakeAsync(), driver.WakeAsync());
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Completed);

        driver.Script.Plan["extension"] = 0;
        await driver.WakeAsync();

        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Completed);
        driver.Script.Done.ShouldBe(["extension"]);
    }

    [Fact]
    public async Task A_running_placement_goes_on_with_new_code_that_decides_and_does_otherwise()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["reminder"] = 1;
        driver.Script.Plan["tutor"] = 5;
        await driver.WakeAsync();
        await driver.AdvanceAsync(TimeSpan.FromHours(2));
        await driver.Host.DisposeAsync();

        // The new version does what is due by letter.
        await driver.StartHostAsync(typeof(ScriptedDecision), typeof(NewAction));
        await driver.AdvanceAsync(TimeSpan.FromHours(4));

        driver.Script.Done.ShouldBe(["reminder", "tutor"]);
        driver.Script.Letters.ToList().ShouldBe(["tutor"], "what was done before stays done as it was");
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task A_run_that_knows_when_something_is_due_sleeps_first_and_a_change_wakes_it()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["reminder"] = 2;
        await driver.StartAsleepAsync(hours: 2);
        await driver.AdvanceAsync(TimeSpan.FromHours(1));
        driver.Script.Looks.ShouldBe(0);

        driver.Script.Plan["declared"] = 0;
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
        driver.Script.Done.ShouldBe(["declared"]);

        await driver.AdvanceAsync(TimeSpan.FromHours(1));
        driver.Script.Done.ShouldBe(["declared", "reminder"]);
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    [Fact]
    public async Task A_generation_started_with_an_older_shape_hands_over_to_the_present_one()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["december"] = 3;
        driver.Script.NextPeriodAt = 1;
        var old = new PlacementRun(PlacementScene.Organisation.Value, WorkflowDriver.Placement.Value, 0, null);
        await driver.Client.ScheduleNewOrchestrationInstanceAsync(
            PlacementOrchestrator.Name, old, new StartOrchestrationOptions(WorkflowDriver.InstanceId), WorkflowDriver.Cancellation);

        await driver.Host.WhenIdleAsync();
        await driver.AdvanceAsync(TimeSpan.FromHours(2));
        await driver.AdvanceAsync(TimeSpan.FromHours(2));

        driver.Script.Shapes.Distinct().ShouldBe([0, PlacementOrchestrator.Shape]);
        driver.Script.Done.ShouldBe(["december"]);
    }

    [Fact]
    public async Task A_workflow_of_many_turns_keeps_a_short_history()
    {
        await using var driver = await WorkflowDriver.StartAsync();
        for (var hour = 1; hour <= 60; hour++)
        {
            driver.Script.Plan[$"{hour}"] = hour;
        }

        await driver.WakeAsync();
        for (var hour = 0; hour < 60; hour++)
        {
            await driver.AdvanceAsync(TimeSpan.FromHours(1));
        }

        driver.Script.Done.Count.ShouldBe(60);
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Completed);
    }

    public sealed class NewAction
    {
        private readonly Script _script;

        public NewAction(IServiceProvider services) => _script = services.GetRequiredService<Script>();

        [Function(PlacementActionActivity.Name)]
        public async Task Run([ActivityTrigger] PlacementActionInput input)
        {
            await _script.ActAsync(input.Action);
            _script.Letters.Enqueue(input.Action);
        }
    }
}
