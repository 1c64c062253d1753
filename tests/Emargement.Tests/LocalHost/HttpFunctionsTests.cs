using System.Net;
using Emargement.LocalHost.Hosting;

namespace Emargement.Tests.LocalHost;

/// <summary>LocalHost answers HTTP as the Functions host and its worker do.</summary>
public sealed class HttpFunctionsTests : IAsyncLifetime
{
    private LocalHostApp _host = null!;
    private HttpClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?> { ["Greeting"] = "Salut" };
        _host = await LocalHostApp.StartAsync(new LocalHostOptions { App = HttpSample.App, Settings = settings }, Cancellation);
        _client = new HttpClient { BaseAddress = _host.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task The_root_page_is_the_route_of_nothing() =>
        (await _client.GetStringAsync("/", Cancellation)).ShouldBe("root nothing");

    [Fact]
    public async Task A_function_gets_its_services_and_route_values() =>
        (await _client.GetStringAsync("/greet/Zo%C3%A9", Cancellation)).ShouldBe("\"Salut Zoé\"");

    [Theory]
    [InlineData("GET", "/greet/nobody", HttpStatusCode.NotFound)] // the function's own answer
    [InlineData("HEAD", "/greet/Ada", HttpStatusCode.OK)] // declared
    [InlineData("HEAD", "/secret", HttpStatusCode.NotFound)] // not declared: the host knows no 405
    [InlineData("DELETE", "/greet/Ada", HttpStatusCode.NotFound)]
    [InlineData("GET", "/typed/no-guid/2026-11-23/1/true", HttpStatusCode.NotFound)] // a route constraint refuses
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/secret", HttpStatusCode.Forbidden)] // a middleware answered without calling the function
    [InlineData("GET", "/fault/teapot", (HttpStatusCode)418)] // a middleware turned the exception into an answer
    [InlineData("GET", "/fault/other", HttpStatusCode.InternalServerError)] // nobody did
    [InlineData("GET", "/typed/00000000-0000-0000-0000-000000000001/tomorrow/1/true", HttpStatusCode.InternalServerError)] // not a date
    public async Task Each_call_gets_the_status_of_the_real_host(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await _client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Route_values_arrive_as_the_types_of_the_parameters()
    {
        using var response = await _client.GetAsync(
            new Uri("/typed/00000000-0000-0000-0000-000000000001/2026-11-23/41/true", UriKind.Relative), Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("00000000000000000000000000000001 2026-11-23 42 True True");
    }

    [Fact]
    public async Task A_body_of_five_megabytes_passes_and_a_cookie_comes_back()
    {
        using var body = new ByteArrayContent(new byte[5_000_000]);

        using var response = await _client.PostAsync(new Uri("/save", UriKind.Relative), body, Cancellation);

        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("5000000");
        response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldStartWith("seen=Emargement.Tests.LocalHost.HttpSample.Save");
    }

    [Fact]
    public async Task A_multipart_form_is_read()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("value"), "field" },
            { new ByteArrayContent([1, 2]), "file", "planning.csv" },
        };

        using var response = await _client.PostAsync(new Uri("/form", UriKind.Relative), form, Cancellation);

        (await response.Content.ReadAsStringAsync(Cancellation)).ShouldBe("value planning.csv");
    }
}
