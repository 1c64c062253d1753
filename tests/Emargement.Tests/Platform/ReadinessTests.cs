using System.Net;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Emargement.Tests.Platform.Access;
using Emargement.Tests.Sealing;
using Microsoft.Extensions.DependencyInjection;

namespace Emargement.Tests.Platform;

/// <summary>What <c>/api/health</c> and <c>/api/ready</c> answer to whoever watches.</summary>
public sealed class ReadinessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_system_is_ready_and_says_how_old_imports_and_exports_are()
    {
        await using var host = await AccessHost.StartAsync();
        var (status, before) = await ReadyAsync(host);
        (status, StateOf(before, "storage"), StateOf(before, "certificate"), StateOf(before, "import"), StateOf(before, "export"))
            .ShouldBe((HttpStatusCode.OK, "ok", "ok", "ok", "ok"));

        await host.CreateOrganisationAsync("garonne");
        await host.RunTimerAsync("NightlyImportTimer");
        await host.RunTimerAsync("MonthlyExportTimer");
        host.Time.Advance(TimeSpan.FromHours(1));
        var (late, waiting) = await ReadyAsync(host);
        late.ShouldBe(HttpStatusCode.OK, "late is for people to look at, not for a load balancer");
        waiting["status"]!.GetValue<string>().ShouldBe("degraded");
        (StateOf(waiting, "import"), StateOf(waiting, "export")).ShouldBe(("degraded", "degraded"));
        waiting.ToJsonString().ShouldContain("import-missing");

        await host.RunTimerAsync("NightlyImportTimer");
        await host.RunTimerAsync("MonthlyExportTimer");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        var (_, after) = await ReadyAsync(host);
        after["status"]!.GetValue<string>().ShouldBe("ok");
        Check(after, "import")["ageSeconds"]!.GetValue<long>().ShouldBe(3660);
        Check(after, "export")["ageSeconds"]!.GetValue<long>().ShouldBe(3660);
        after.ToJsonString().ShouldNotContain("garonne");
    }

    [Fact]
    public async Task Without_storage_it_answers_503_and_what_to_do_and_alive_it_is_still()
    {
        var storage = new Outage();
        await using var host = await AccessHost.StartAsync(services => services.AddSingleton<HttpPipelinePolicy>(storage));
        storage.IsOut = true;

        var (status, found) = await ReadyAsync(host);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        found["status"]!.GetValue<string>().ShouldBe("failing");
        Check(found, "storage")["says"]!.GetValue<string>().ShouldContain("rights of the app's identity");
        using var live = await host.Client().GetAsync("/api/health", Cancellation);
        (await live.Content.ReadAsStringAsync(Cancellation)).ShouldBe("""{"status":"ok"}""");

        storage.IsOut = false;
        host.Time.Advance(TimeSpan.FromSeconds(11));
        (await ReadyAsync(host)).Status.ShouldBe(HttpStatusCode.OK, "what failed once is asked again");
    }

    [Theory]
    [InlineData(31, HttpStatusCode.OK, "ok")]
    [InlineData(29, HttpStatusCode.OK, "degraded")]
    [InlineData(-1, HttpStatusCode.ServiceUnavailable, "failing")]
    public async Task The_seal_certificate_s_end_is_announced_and_then_refuses(int days, HttpStatusCode status, string state)
    {
        await using var host = await AccessHost.StartAsync(("Seal:Certificate", Pkcs12Until(AccessHost.Start.AddDays(days))));

        var (answered, found) = await ReadyAsync(host);

        answered.ShouldBe(status);
        StateOf(found, "certificate").ShouldBe(state);
    }

    [Fact]
    public async Task Asking_ten_seconds_long_costs_the_storage_one_look()
    {
        var calls = new Signing.StorageCalls();
        await using var host = await AccessHost.StartAsync(services => services.AddSingleton<HttpPipelinePolicy>(calls));
        await ReadyAsync(host);
        host.Time.Advance(TimeSpan.FromSeconds(11));
        calls.Reset();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadyAsync(host)));
        host.Time.Advance(TimeSpan.FromSeconds(9));
        await ReadyAsync(host);

        calls.Made.Count.ShouldBe(2, string.Join('\n', calls.Made));
    }

    private static async Task<(HttpStatusCode Status, JsonObject Found)> ReadyAsync(AccessHost host)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var answer = await client.GetAsync("/api/ready", Cancellation);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!.AsObject());
    }

    private static JsonObject Check(JsonObject found, string name) =>
        found["checks"]!.AsArray().Single(c => c!["name"]!.GetValue<string>() == name)!.AsObject();

    private static string StateOf(JsonObject found, string name) => Check(found, name)["status"]!.GetValue<string>();

    private static string Pkcs12Until(DateTimeOffset until) => Convert.ToBase64String(SealCertificates.Until(until));

    private sealed class Outage : HttpPipelineSynchronousPolicy
    {
        public bool IsOut { get; set; }

        public override void OnSendingRequest(HttpMessage message)
        {
            if (IsOut)
            {
                throw new RequestFailedException("No such host is known.");
            }
        }
    }
}
