using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost.Orchestration;

/// <summary>The client refuses what the real one refuses, with the same exceptions.</summary>
public sealed class DurableClientTests
{
    private static CancellationToken Cancellation => OrchestrationDriver.Cancellation;

    [Fact]
    public async Task A_second_start_of_a_running_id_is_refused_and_of_a_finished_id_accepted()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        await driver.StartInstanceAsync("WaitsForWord", "one", "id");

        await Should.ThrowAsync<OrchestrationAlreadyExistsException>(driver.StartInstanceAsync("WaitsForWord", "two", "id"));
        await driver.RaiseAsync("id", "word", "done");
        (await driver.LookAsync("id")).ReadOutputAs<string>().ShouldBe("one done");
        await driver.StartInstanceAsync("WaitsForWord", "three", "id");

        var again = await driver.LookAsync("id");
        (
            again.RuntimeStatus,
            again.ReadInputAs<string>(),
            again.SerializedOutput).ShouldBe((OrchestrationRuntimeStatus.Running, "three", null));
    }

    [Fact]
    public async Task What_is_sent_to_an_unknown_or_a_finished_instance_is_an_error()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        await driver.StartInstanceAsync("WaitsForWord", "x", "over");
        await driver.RaiseAsync("over", "word", "done");

        foreach (var id in (string[])["unknown", "over"])
        {
            await Should.ThrowAsync<RpcException>(driver.Client.RaiseEventAsync(id, "word", "again", Cancellation));
            await Should.ThrowAsync<RpcException>(driver.Client.TerminateInstanceAsync(id, cancellation: Cancellation));
        }
    }

    [Fact]
    public async Task A_run_of_a_function_that_does_not_exist_fails_and_says_so()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));

        var run = await driver.RunAsync("NoSuchOrchestrator");

        (run.RuntimeStatus, run.SerializedOutput).ShouldSatisfyAllConditions(
            r => r.RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Failed),
            r => r.SerializedOutput.ShouldNotBeNull().ShouldContain("'NoSuchOrchestrator' doesn't exist"));
    }

    [Fact]
    public async Task Looking_at_an_unknown_instance_gives_nothing_and_data_only_when_asked_for()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        await driver.StartInstanceAsync("WaitsForWord", "x", "id");

        (await driver.Client.GetInstanceAsync("unknown", Cancellation)).ShouldBeNull();
        var plain = (await driver.Client.GetInstanceAsync("id", Cancellation)).ShouldNotBeNull();
        Should.Throw<InvalidOperationException>(() => plain.ReadInputAs<string>());
        (await driver.LookAsync("id")).ReadCustomStatusAs<string>().ShouldBe("waiting");
    }

    [Fact]
    public async Task A_suspended_instance_takes_nothing_until_it_is_resumed()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        await driver.StartInstanceAsync("WaitsForWord", "x", "id");

        await driver.Client.SuspendInstanceAsync("id", "pause", Cancellation);
        await driver.RaiseAsync("id", "word", "said");
        (await driver.LookAsync("id")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Suspended);
        await driver.Client.ResumeInstanceAsync("id", "go on", Cancellation);

        (await driver.LookAsync("id")).ReadOutputAs<string>().ShouldBe("x said");
    }

    [Fact]
    public async Task Terminating_ends_an_instance_with_the_given_output()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        await driver.StartInstanceAsync("WaitsForWord", "x", "id");

        await driver.Client.TerminateInstanceAsync("id", new TerminateInstanceOptions("stopped"), Cancellation);

        var instance = await driver.LookAsync("id");
        (instance.RuntimeStatus, instance.ReadOutputAs<string>()).ShouldBe((OrchestrationRuntimeStatus.Terminated, "stopped"));
    }

    [Fact]
    public async Task Purging_removes_an_instance()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        await driver.StartInstanceAsync("WaitsForWord", "x", "seal-é");
        await driver.RaiseAsync("seal-é", "word", "done");

        (await driver.Client.PurgeInstanceAsync("seal-é", Cancellation)).PurgedInstanceCount.ShouldBe(1);

        (await driver.Client.GetInstanceAsync("seal-é", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task All_instances_are_found_by_prefix_and_status_over_pages()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        foreach (var id in (string[])["a-1", "b-1", "b-2", "b-3", "c-1"])
        {
            await driver.StartInstanceAsync("WaitsForWord", "x", id);
        }

        await driver.RaiseAsync("b-2", "word", "done");
        var running = new OrchestrationQuery(InstanceIdPrefix: "b-", Statuses: [OrchestrationRuntimeStatus.Running], PageSize: 2);
        var found = new List<string>();
        await foreach (var instance in driver.Client.GetAllInstancesAsync(running).WithCancellation(Cancellation))
        {
            found.Add(instance.InstanceId);
        }

        found.ShouldBe(["b-1", "b-3"]);
    }

    public static class Functions
    {
        [Function("WaitsForWord")]
        public static async Task<string> WaitsForWord([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            context.SetCustomStatus("waiting");
            return $"{context.GetInput<string>()} {await context.WaitForExternalEvent<string>("word")}";
        }
    }
}
