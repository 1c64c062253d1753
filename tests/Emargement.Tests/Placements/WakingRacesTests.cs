using Emargement.Functions.Placements.Workflow;
using Grpc.Core;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace Emargement.Tests.Placements;

/// <summary>
/// A change is in the tables when the workflow is woken for it. Whatever becomes of the run at whichever moment, some run looks after
/// that.
/// </summary>
public sealed class WakingRacesTests
{
    [Theory]
    [InlineData("unknown")]
    [InlineData("completed")]
    [InlineData("terminated")]
    [InlineData("purged")]
    public async Task A_run_that_is_not_there_any_more_is_followed_by_a_new_one(string state)
    {
        await using var driver = await StartAsync(running: state != "unknown");
        await (state switch
        {
            "completed" => CompleteAsync(driver),
            "terminated" => TerminateAsync(driver),
            "purged" => PurgeAsync(driver),
            _ => Task.CompletedTask,
        });

        await ChangeAsync(driver, new MomentsOfClient(driver.Client));

        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task A_run_that_ends_just_before_the_event_is_followed_by_a_new_one()
    {
        await using var driver = await StartAsync(running: true);

        await ChangeAsync(driver, new MomentsOfClient(driver.Client) { BeforeEvent = () => TerminateAsync(driver) });
    }

    [Fact]
    public async Task A_run_that_ends_before_it_takes_the_event_is_followed_by_a_new_one()
    {
        await using var driver = await StartAsync(running: true);
        await driver.Client.SuspendInstanceAsync(WorkflowDriver.InstanceId, cancellation: WorkflowDriver.Cancellation);
        await driver.Host.WhenIdleAsync();

        await ChangeAsync(driver, new MomentsOfClient(driver.Client) { AfterEvent = () => TerminateAsync(driver) });
    }

    [Fact]
    public async Task A_run_that_another_started_just_before_is_woken()
    {
        await using var driver = await StartAsync(running: false);

        await ChangeAsync(driver, new MomentsOfClient(driver.Client) { BeforeStart = () => StartRunAsync(driver) });

        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task A_run_that_stood_in_the_way_of_the_start_and_ended_is_followed_by_a_new_one()
    {
        await using var driver = await StartAsync(running: false);

        await ChangeAsync(
            driver,
            new MomentsOfClient(driver.Client)
            {
                BeforeStart = () => StartRunAsync(driver),
                AfterRefusedStart = () => TerminateAsync(driver),
            });
    }

    [Fact]
    public async Task A_host_that_does_not_answer_is_a_fault()
    {
        await using var driver = await StartAsync(running: true);
        var fault = new RpcException(new Status(StatusCode.Unavailable, "no host"));
        var client = new MomentsOfClient(driver.Client) { BeforeEvent = () => throw fault };

        (await Should.ThrowAsync<RpcException>(WakeAsync(client))).StatusCode.ShouldBe(StatusCode.Unavailable);
    }

    private static async Task<WorkflowDriver> StartAsync(bool running)
    {
        var driver = await WorkflowDriver.StartAsync();
        driver.Script.Plan["later"] = 100;
        if (running)
        {
            await StartRunAsync(driver);
        }

        return driver;
    }

    private static async Task ChangeAsync(WorkflowDriver driver, MomentsOfClient client)
    {
        driver.Script.Plan["changed"] = 0;
        await WakeAsync(client);
        await driver.Host.WhenIdleAsync();
        driver.Script.Done.ShouldContain("changed");
        client.Moments.ShouldBeEmpty("each moment that the test is about has come");
    }

    private static Task WakeAsync(DurableTaskClient client) => new PlacementWaker(TimeProvider.System, NullLogger<PlacementWaker>.Instance)
        .WakeAsync(client, PlacementScene.Organisation, WorkflowDriver.Placement, WorkflowDriver.Cancellation);

    private static async Task StartRunAsync(WorkflowDriver driver)
    {
        await driver.WakeAsync();
        await driver.Host.WhenIdleAsync();
    }

    private static async Task CompleteAsync(WorkflowDriver driver)
    {
        driver.Script.Plan.Clear();
        await driver.WakeAsync();
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Completed);
        driver.Script.Plan["later"] = 100;
    }

    private static async Task TerminateAsync(WorkflowDriver driver)
    {
        await driver.Client.TerminateInstanceAsync(WorkflowDriver.InstanceId, cancellation: WorkflowDriver.Cancellation);
        (await driver.StatusAsync()).ShouldBe(OrchestrationRuntimeStatus.Terminated);
    }

    private static async Task PurgeAsync(WorkflowDriver driver)
    {
        await TerminateAsync(driver);
        await driver.Client.PurgeInstanceAsync(WorkflowDriver.InstanceId, cancellation: WorkflowDriver.Cancellation);
    }
}
