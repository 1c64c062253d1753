using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Emargement.Functions.Platform.Http;
using Emargement.LocalHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Emargement.Tests.Platform;

public sealed class FaultsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_fault_tells_the_caller_a_number_and_the_log_no_person()
    {
        var log = new ListLogger<FaultMiddleware>();
        var app = new FunctionApp([typeof(Broken)], (services, _) => services.AddHttp(), [typeof(FaultMiddleware), typeof(SecurityHeadersMiddleware)]);
        await using var host = await LocalHostApp.StartAsync(
            new LocalHostOptions
            {
                App = app,
                Settings = new Dictionary<string, string?> { ["Storage:ConnectionString"] = AzuriteFixture.ConnectionString, ["Storage:Prefix"] = AzuriteFixture.NewPrefix() },
                ConfigureServices = services => services.AddSingleton<ILogger<FaultMiddleware>>(log),
            },
            Cancellation);
        using var client = new HttpClient { BaseAddress = host.Address };

        using var response = await client.GetAsync("/broken", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>(Cancellation))!;
        problem["code"]!.GetValue<string>().ShouldBe("fault");
        problem.ToJsonString().ShouldNotContain("awa@exemple.test");
        var line = log.Messages.ShouldHaveSingleItem();
        line.ShouldContain(problem["traceId"]!.GetValue<string>());
        line.ShouldContain(nameof(InvalidOperationException));
        line.ShouldNotContain("awa@exemple.test");
        response.Headers.Contains("Content-Security-Policy").ShouldBeTrue();
    }

    public static class Broken
    {
        [Function("Broken")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request) =>
            throw new InvalidOperationException($"Cannot write to awa@exemple.test from {request.Path}");
    }
}
