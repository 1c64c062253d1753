using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Emargement.Tests.LocalHost;

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
        (again.RuntimeStatus, again.ReadInputAs<string>(), again.SerializedOutput).ShouldBe((OrchestrationRuntimeStatus.Running, "three", null));
    }

    [Fact]
    public async Task Of_many_starts_of_one_id_at_once_one_is_accepted()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));

        var starts = await Task.WhenAll(Enumerable.Range(0, 12).Select(async i =>
        {
            try
            {
                await driver.Client.ScheduleNewOrchestrationInstanceAsync("WaitsForWord", $"{i}", new StartOrchestrationOptions("one"), Cancellation);
                return true;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return false;
            }
        }));

        starts.Count(s => s).ShouldBe(1);
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

        await Should.ThrowAsync<RpcException>(driver.StartInstanceAsync("NoSuchOrchestrator"));
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
    public async Task Terminating_ends_an_instance_with_the_given_output_and_its_children_when_asked()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        await driver.StartInstanceAsync("HasAChild", null, "parent");

        await driver.Client.TerminateInstanceAsync("parent", new TerminateInstanceOptions("stopped", Recursive: true), Cancellation);

        var parent = await driver.LookAsync("parent");
        (parent.RuntimeStatus, parent.ReadOutputAs<string>()).ShouldBe((OrchestrationRuntimeStatus.Terminated, "stopped"));
        (await driver.LookAsync("the-child")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Terminated);
    }

    [Fact]
    public async Task A_start_in_the_future_waits_for_its_instant()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        var at = driver.Clock.GetUtcNow().AddHours(2);

        await driver.Client.ScheduleNewOrchestrationInstanceAsync("WaitsForWord", "x", new StartOrchestrationOptions("later", at), Cancellation);

        (await driver.LookAsync("later")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Pending);
        await driver.AdvanceAsync(TimeSpan.FromHours(2));
        (await driver.LookAsync("later")).RuntimeStatus.ShouldBe(OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task Purging_removes_what_is_over_and_nothing_else()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(Functions));
        await driver.StartInstanceAsync("WaitsForWord", "x", "seal-1/é");
        await driver.StartInstanceAsync("WaitsForWord", "x", "seal-2");
        await driver.RaiseAsync("seal-1/é", "word", "done");
        await driver.Host.WhenIdleAsync();

        (await driver.Client.PurgeInstanceAsync("seal-2", Cancellation)).PurgedInstanceCount.ShouldBe(0);
        (await driver.Client.PurgeInstanceAsync("seal-1/é", Cancellation)).PurgedInstanceCount.ShouldBe(1);

        (await driver.Client.GetInstanceAsync("seal-1/é", Cancellation)).ShouldBeNull();
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

        [Function("HasAChild")]
        public static Task HasAChild([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.CallSubOrchestratorAsync("WaitsForWord", "x", new SubOrchestrationOptions(instanceId: "the-child"));
    }
}
