using Emargement.Functions.Platform.Durable;
using Emargement.Tests.LocalHost;
using Emargement.Tests.LocalHost.Orchestration;
using Emargement.Tests.Placements;
using Grpc.Core;

namespace Emargement.Tests.Platform;

/// <summary>An id is one run at a time: whoever comes second is told, and whoever comes after the end starts anew.</summary>
public sealed class StartOnceTests
{
    private static CancellationToken Cancellation => OrchestrationDriver.Cancellation;

    [Fact]
    public async Task One_start_begins_a_run_and_the_next_finds_it_under_way()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(DurableClientTests.Functions));

        (await driver.Client.StartOnceAsync("WaitsForWord", "id", "first", Cancellation)).ShouldBeTrue();
        (await driver.Client.StartOnceAsync("WaitsForWord", "id", "second", Cancellation)).ShouldBeFalse();
        await driver.RaiseAsync("id", "word", "done");
        (await driver.LookAsync("id")).ReadOutputAs<string>().ShouldBe("first done");
        (await driver.Client.StartOnceAsync("WaitsForWord", "id", "third", Cancellation)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_run_that_ends_after_it_stood_in_the_way_stands_in_it_no_longer()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(DurableClientTests.Functions));
        await driver.StartInstanceAsync("WaitsForWord", "first", "id");
        var client = new MomentsOfClient(driver.Client) { AfterRefusedStart = () => driver.RaiseAsync("id", "word", "done") };

        (await client.StartOnceAsync("WaitsForWord", "id", "second", Cancellation)).ShouldBeTrue();

        (await driver.LookAsync("id")).ReadInputAs<string>().ShouldBe("second");
    }

    [Fact]
    public async Task A_fault_is_no_run_under_way()
    {
        await using var driver = await OrchestrationDriver.StartAsync(typeof(DurableClientTests.Functions));
        var fault = new RpcException(new Status(StatusCode.Unavailable, "no host"));
        var client = new MomentsOfClient(driver.Client) { BeforeStart = () => throw fault };

        await Should.ThrowAsync<RpcException>(client.StartOnceAsync("WaitsForWord", "id", "x", Cancellation));
    }
}
