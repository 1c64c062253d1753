using System.Net;
using System.Net.Http.Json;
using System.Text;
using Emargement.Functions.Platform.Http.Bodies;

namespace Emargement.Tests.Platform.Access;

/// <summary>What every call meets before and around its function.</summary>
public sealed class AccessRequestsTests : IAsyncLifetime
{
    private const string Org = "greta";

    private AccessHost _host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await AccessHost.StartAsync();
        await _host.CreateOrganisationAsync(Org);
        await _host.CreateManagerAsync(Org, "M1", "ines.roche@exemple.test");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)] // a neighbour on the same domain is another site's page
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent)]
    [InlineData("Origin", "https://ailleurs.test", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    public async Task A_change_asked_by_another_site_s_page_is_refused(string header, string value, HttpStatusCode expected)
    {
        var client = await _host.SignedInAsync(Org, "M1");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/organisations/{Org}/sign-out");
        request.Headers.Add(header, value);

        using var response = await client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(expected);
    }

    [Fact]
    public async Task A_change_asked_by_our_own_page_passes_with_an_old_browser_too()
    {
        var client = await _host.SignedInAsync(Org, "M1");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/organisations/{Org}/sign-out");
        request.Headers.Add("Origin", _host.Address.GetLeftPart(UriPartial.Authority));

        using var response = await client.SendAsync(request, Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task V14_3_2_Every_answer_carries_the_headers_that_protect_its_reader()
    {
        using var response = await _host.Client().GetAsync($"/api/organisations/{Org}/me", Cancellation);

        var headers = response.Headers;
        var policy = headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("unsafe");
        headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        headers.GetValues("Referrer-Policy").Single().ShouldBe("no-referrer");
        headers.CacheControl!.NoStore.ShouldBeTrue();
        headers.Contains("Strict-Transport-Security").ShouldBeFalse("this connection is not https");
    }

    [Fact]
    public async Task A_caller_who_calls_too_often_is_told_when_to_come_back()
    {
        await using var host = await AccessHost.StartAsync(("Access:RateFactor", "0.05"));
        var client = host.Client();
        var statuses = new List<HttpResponseMessage>();
        for (var i = 0; i < 7; i++)
        {
            statuses.Add(await client.GetAsync($"/api/organisations/{Org}/me", Cancellation));
        }

        statuses.Take(6).ShouldAllBe(r => r.StatusCode == HttpStatusCode.Unauthorized);
        statuses[6].StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await AccessHost.CodeAsync(statuses[6])).ShouldBe("too-many-calls");
        statuses.Select(r => r.Headers.GetValues("RateLimit-Policy").Single()).ShouldAllBe(p => p == "\"calls\";q=6;w=60");
        statuses.Select(r => r.Headers.GetValues("RateLimit").Single().Split(';')[1])
            .ShouldBe(["r=5", "r=4", "r=3", "r=2", "r=1", "r=0", "r=0"]);
        statuses[6].Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        statuses.ForEach(r => r.Dispose());
    }

    [Theory]
    [InlineData("application/json", "{\"password\":\"Quatre chevaux verts\",\"extra\":1}", 400, "body-invalid")] // unknown member
    [InlineData("application/json", "{}", 400, "body-invalid")] // missing member
    [InlineData("application/json", "{\"password\":null}", 400, "body-invalid")]
    [InlineData("application/json", "{\"password\":12}", 400, "body-invalid")] // wrong type
    [InlineData("application/json", "{\"password\":\"a\",\"password\":\"b\"}", 400, "body-invalid")] // said twice
    [InlineData("application/json", "null", 400, "body-invalid")]
    [InlineData("application/json", "{", 400, "body-invalid")]
    [InlineData("application/json", "", 400, "body-invalid")]
    [InlineData("text/plain", "{\"password\":\"Quatre chevaux verts\"}", 415, "content-type-not-json")]
    [InlineData("application/json; charset=iso-8859-1", "{\"password\":\"Quatre chevaux verts\"}", 415, "content-type-not-json")]
    [InlineData("application/json", "{\"password\":\"court\"}", 400, "password-too-short")]
    public async Task A_body_that_is_not_as_declared_is_refused(string type, string body, int status, string code)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await _host.Operator.PostAsync(
            $"/api/organisations/{Org}/accounts/manager:M1/password", content, Cancellation);

        ((int)response.StatusCode).ShouldBe(status);
        (await AccessHost.CodeAsync(response)).ShouldBe(code);
        using var signedIn = await AccessHost.SignInAsync(_host.Client(), Org, "M1");
        signedIn.StatusCode.ShouldBe(HttpStatusCode.OK, "nothing changed");
    }

    [Fact]
    public async Task A_body_over_a_megabyte_is_refused()
    {
        using var response = await _host.Operator.PostAsJsonAsync(
            $"/api/organisations/{Org}/accounts/manager:M1/password",
            new { password = new string('a', RequestBody.MaxBytes) },
            Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await AccessHost.CodeAsync(response)).ShouldBe("body-too-large");
    }

    [Theory]
    [InlineData("en-GB,en;q=0.9", "en", "Sign in, then try again.")]
    [InlineData("de", "de", "Melden Sie sich an, und versuchen Sie es noch einmal.")]
    [InlineData("nl", "fr", "Connectez-vous, puis recommencez.")]
    public async Task A_refusal_speaks_the_caller_s_language(string accept, string language, string sentence)
    {
        var client = _host.Client();
        client.DefaultRequestHeaders.Add("Accept-Language", accept);

        using var response = await client.GetAsync($"/api/organisations/{Org}/me", Cancellation);

        (await AccessHost.JsonAsync(response))["detail"]!.GetValue<string>().ShouldBe(sentence);
        response.Content.Headers.ContentLanguage.ShouldBe([language]);
    }

    [Theory]
    [InlineData("wrong-operator-key-0123456789-0123456789")]
    [InlineData("")]
    public async Task A_wrong_operator_key_opens_nothing(string key)
    {
        var client = _host.Client();
        client.DefaultRequestHeaders.Add("X-Operator-Key", key);

        using var response = await client.GetAsync("/api/organisations", Cancellation);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_short_operator_key_stops_the_start()
    {
        var start = () => AccessHost.StartAsync(("Access:OperatorKey", "too-short"));

        (await start.ShouldThrowAsync<Microsoft.Extensions.Options.OptionsValidationException>()).Message.ShouldContain("32 characters");
    }
}
