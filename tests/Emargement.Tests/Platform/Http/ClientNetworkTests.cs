using System.Net;
using Emargement.Functions.Platform.Http;
using Emargement.LocalHost.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Emargement.Tests.Platform.Http;

/// <summary>
/// Who calls is told by the connection, as the Functions host and its worker leave it: forty
/// clients behind Azure's front end are forty, and nobody chooses an address.
/// </summary>
public sealed class ClientNetworkTests
{
    private const string Believed = "ASPNETCORE_FORWARDEDHEADERS_ENABLED";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("203.0.113.77", "203.0.113.0/24")]
    [InlineData("::ffff:203.0.113.77", "203.0.113.0/24")] // IPv4 seen through an IPv6 socket
    [InlineData("2001:db8:1234:5678::1", "2001:db8:1234::/48")]
    [InlineData(null, "unknown")]
    public void A_network_is_an_address_cut_short(string? address, string network)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);

        ClientNetwork.Of(http.Request).ShouldBe(network);
    }

    [Theory]
    [InlineData("198.51.100.9:51234", "198.51.100.0/24")]
    [InlineData("10.0.0.1, 198.51.100.9:51234", "198.51.100.0/24")] // the client wrote the first one itself
    [InlineData("[2001:db8:1234::9]:51234", "2001:db8:1234::/48")]
    [InlineData("nonsense", "127.0.0.0/24")]
    public async Task Behind_the_front_end_its_last_word_is_taken(string forwarded, string network) =>
        (await WhoAsync(new() { [Believed] = "true" }, ("X-Forwarded-For", forwarded), ("X-Forwarded-Proto", "https"))).ShouldStartWith(
            $"{network} http");

    [Fact]
    public async Task Anywhere_else_a_client_s_word_changes_nothing() =>
        (await WhoAsync([], ("X-Forwarded-For", "198.51.100.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "ailleurs.test")))
            .ShouldStartWith("127.0.0.0/24 http://127.0.0.1:");

    [Fact]
    public async Task Forty_clients_behind_one_front_end_are_counted_apart_whatever_each_writes_itself()
    {
        await using var host = await StartAsync(FunctionApp.Emargement, new() { [Believed] = "true", ["Access:RateFactor"] = "1" });
        using var client = new HttpClient { BaseAddress = host.Address };

        // What a development machine makes once, its seal's certificate, is made before many come.
        (await StatusAsync(client, "203.0.0.7:4000")).ShouldBe(HttpStatusCode.OK);

        // The page takes 60 calls a minute of one network.
        foreach (var round in Enumerable.Range(0, 3))
        {
            var answers = await Task.WhenAll(
                Enumerable.Range(1, 40).Select(n => StatusAsync(client, $"{round}.{n}.0.1, 203.0.{n}.7:4000")));
            answers.ShouldAllBe(status => status == HttpStatusCode.OK);
        }

        var one = new List<HttpStatusCode>();
        foreach (var call in Enumerable.Range(1, 80))
        {
            one.Add(await StatusAsync(client, $"10.0.{call}.1, 203.0.113.7:4000"));
        }

        one.Count(status => status == HttpStatusCode.OK).ShouldBe(60);
        one.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task In_Azure_the_app_does_not_start_without_the_setting()
    {
        var configuration = (
            string name, string value)[] (string trust) => [("WEBSITE_SITE_NAME", "emargement-prod"), (FrontEndTrust.Setting, trust)];
        FrontEndTrust Trust(string value) => new(new ConfigurationBuilder()
            .AddInMemoryCollection(configuration(value).Select(s => KeyValuePair.Create(s.name, (string?)s.value))).Build());

        Trust("true").Validate(null, new()).Succeeded.ShouldBeTrue();
        Trust("").Validate(null, new()).FailureMessage.ShouldStartWith("ASPNETCORE_FORWARDEDHEADERS_ENABLED is not true");

        var start = () => StartAsync(FunctionApp.Emargement, new() { ["WEBSITE_SITE_NAME"] = "emargement-prod" });
        (await start.ShouldThrowAsync<AggregateException>()).InnerExceptions.OfType<OptionsValidationException>().SelectMany(
            refused => refused.Failures)
            .ShouldContain(sentence => sentence.Contains(FrontEndTrust.Setting, StringComparison.Ordinal));
    }

    private static async Task<string> WhoAsync(Dictionary<string, string?> settings, params (string Name, string Value)[] headers)
    {
        await using var host = await StartAsync(FunctionApp.Of(typeof(Who)), settings);
        using var client = new HttpClient { BaseAddress = host.Address };
        foreach (var (name, value) in headers)
        {
            client.DefaultRequestHeaders.Add(name, value);
        }

        return await client.GetStringAsync("/who", Cancellation);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string forwarded)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v") { Headers = { { "X-Forwarded-For", forwarded } } };
        using var answer = await client.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private static Task<LocalHostApp> StartAsync(FunctionApp app, Dictionary<string, string?> settings)
    {
        settings["Storage:ConnectionString"] = AzuriteFixture.ConnectionString;
        settings["Storage:Prefix"] = AzuriteFixture.NewPrefix();
        return LocalHostApp.StartAsync(new LocalHostOptions { App = app, Settings = settings, RunTimers = false }, Cancellation);
    }

    public static class Who
    {
        [Function("Who")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "who")] HttpRequest request) =>
            Results.Text($"{ClientNetwork.Of(request)} {ClientNetwork.Origin(request)}");
    }
}
